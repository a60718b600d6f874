import { full, ndarray } from "@bioengine/ndarray";
import { describe, expect, test } from "vitest";
import { regionpropsTable } from "../src/index";
import { random } from "./random";

const next = random(3);
const drawn = (length: number, of: (value: number) => number) => Array.from({ length }, () => of(next()));

const cases: Record<string, Uint8Array | Int16Array | Uint16Array | Float64Array> = {
  "one value": Uint8Array.of(7),
  "two values": Uint16Array.of(65535, 0),
  "small whole numbers, odd": Uint8Array.from(drawn(333, (value) => 256 * value)),
  "small whole numbers, even": Int16Array.from(drawn(400, (value) => 900 * value - 450)),
  "large whole numbers": Uint16Array.from(drawn(501, (value) => 65536 * value ** 4)),
  "floats that crowd": Float64Array.from(drawn(4000, (value) => value ** 40)),
  "floats on both sides of 0": Float64Array.from(drawn(999, (value) => Math.tan(3 * (value - 0.5)))),
  "two numbers next to 0": Float64Array.from(drawn(90, (value) => (value < 0.4 ? 0 : 5e-324))),
  "the largest numbers": Float64Array.from(drawn(91, (value) => (2 * value - 1) * Number.MAX_VALUE)),
};

describe("regionpropsTable() finds the middle of the sorted values", () => {
  for (const [name, values] of Object.entries(cases)) {
    test(`of ${name}`, () => {
      const shape = [1, values.length];
      const table = regionpropsTable(full(shape, 1, "uint8"), {
        image: ndarray(values, shape),
        properties: ["intensity_median"],
      });
      const sorted = [...values].sort((a, b) => a - b);
      const [lower, upper] = [(sorted.length - 1) >> 1, sorted.length >> 1].map((rank) => sorted[rank]);
      expect(table.column("intensity_median")[0]).toBe(lower === upper ? lower : (lower + upper) / 2);
    });
  }
});
