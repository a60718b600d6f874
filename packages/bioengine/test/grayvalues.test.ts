import { gaussian } from "@bioengine/filters";
import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { grayValues } from "../src/grayvalues";

/** Squares of 4 pixels' side, 6 apart, each with the number that a function of its place gives. */
const squares = (number: (index: number) => number) =>
  ndarray(
    Int32Array.from({ length: 180 * 180 }, (_, index) => {
      const [y, x] = [Math.floor(index / 180), index % 180];
      const isInside = y % 6 < 4 && x % 6 < 4;
      return isInside ? number(30 * Math.floor(y / 6) + Math.floor(x / 6)) : 0;
    }),
    [180, 180],
  );

test("grayValues() takes many objects for objects", () => {
  expect(grayValues(squares((index) => index + 1))).toBeUndefined();
  expect(grayValues(squares(() => 1))).toBeUndefined();
});

test("grayValues() counts the parts of numbers that lie about, or are a few pixels each", () => {
  expect(grayValues(squares((index) => 1 + (index % 200)))).toBe("900 parts of 16.0 pixels on average");
  const noise = ndarray(
    Uint8Array.from({ length: 900 }, (_, index) => 1 + ((index * 97) % 251)),
    [30, 30],
  );
  expect(grayValues(noise)).toBe("900 parts of 1.0 pixels on average");
  const smooth = gaussian(noise.astype("float32"), { sigma: 2 }).multiply(10).astype("uint16");
  expect(grayValues(smooth)).toMatch(/ parts of \d\.\d pixels on average$/);
});
