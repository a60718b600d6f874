import { type NdArray, ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { rollingBall } from "../src/index";

const [height, width] = [12, 150];

/** What a ball's top reaches, by the definition: the least of what the pixels under the ball lie above. */
function byDefinition(image: NdArray, radius: number, round: (value: number) => number): number[] {
  const { data } = image.astype("float64");
  return Array.from(data, (_, pixel) => {
    let least = Number.POSITIVE_INFINITY;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const square = (y - Math.floor(pixel / width)) ** 2 + (x - (pixel % width)) ** 2;
        if (square > radius ** 2) continue;
        const value = data[y * width + x] + radius - Math.sqrt(radius ** 2 - square);
        if (value < least) least = value;
      }
    }
    return round(least);
  });
}

/** Values without a pattern, by Weyl's sequence. */
const values = (least: number, most: number) =>
  Float64Array.from({ length: height * width }, (_, i) => least + (most - least) * ((i * Math.SQRT2) % 1));

test("rollingBall() keeps to the upper end of uint16", () => {
  const image = ndarray(values(65500, 65535.9), [height, width]).astype("uint16");
  expect([...rollingBall(image, { radius: 40 }).data]).toEqual(byDefinition(image, 40, Math.floor));
});

test.each(["float32", "float64"] as const)("rollingBall() takes no NaN of %s", (dtype) => {
  const data = values(-3, 3);
  data.set([Number.NaN, Number.NaN], 700);
  const image = ndarray(data, [height, width]).astype(dtype);
  const found = [...rollingBall(image, { radius: 5 }).data];
  const expected = byDefinition(image, 5, Number);
  // float32 has 24 bits.
  const allowed = dtype === "float32" ? 2 ** -21 : 2 ** -49;
  expect(found.findIndex((value, i) => !(Math.abs(value - expected[i]) <= allowed))).toBe(-1);
});
