import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ndarray } from "@bioengine/ndarray";
import { describe, expect, test } from "vitest";
import { regionpropsTable } from "../src/index";

const cases = JSON.parse(readFileSync(join(__dirname, "fixtures/outlines.json"), "utf8"));

describe("regionpropsTable() measures outlines as scikit-image does", () => {
  for (const { height, width, inverse, ...numbers } of cases) {
    test(`of ${inverse ? "all but " : ""}rings, ${height} × ${width}`, () => {
      const pixels = Int32Array.from({ length: height * width }, (_, at) => {
        const [y, x] = [Math.floor(at / width), at % width];
        const isRing = (x * x + 3 * x * y + 5 * y * y) % 37 < 22;
        return isRing === inverse ? 0 : 1;
      });
      const table = regionpropsTable(ndarray(pixels, [height, width]), { properties: Object.keys(numbers) });
      for (const [name, number] of Object.entries<number>(numbers)) {
        expect(table.column(name)[0], name).toBeCloseTo(number, 9);
      }
    });
  }
});
