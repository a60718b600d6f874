import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type NdArray, ndarray, zeros } from "@bioengine/ndarray";
import { describe, expect, test } from "vitest";
import { findContours } from "../src/index";

interface Recorded {
  readonly name: string;
  readonly shape: number[];
  /** null is NaN. */
  readonly image: (number | null)[];
  readonly level: number | null;
  readonly mask: number[] | null;
  readonly options: object;
  readonly lines: number[][];
}

const cases: Recorded[] = JSON.parse(readFileSync(join(__dirname, "fixtures/contours.json"), "utf8"));
const list = (array: NdArray): number[] => Array.from(array.astype("float64").data);

describe("findContours() gives scikit-image's lines, in its order", () => {
  test.each(cases)("$name, at $level, $options", ({ shape, image, level, mask, options, lines }) => {
    const values = ndarray(
      image.map((value) => value ?? Number.NaN),
      shape,
    );
    const found = findContours(values, level ?? undefined, {
      ...options,
      ...(mask ? { mask: ndarray(mask, shape).greater(0) } : {}),
    });
    // The same arithmetic on the same doubles: not a bit differs.
    expect(found.map(list)).toEqual(lines);
    for (const line of found) expect(line.shape).toEqual([line.size / 2, 2]);
  });
});

test("findContours() takes masks and integers as they are", () => {
  const image = ndarray([
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
  ]);
  for (const dtype of ["bool", "uint16", "int64"] as const) {
    expect(findContours(image.astype(dtype), 0.5).map(list)).toEqual([
      [1.5, 1, 1, 0.5, 0.5, 1, 1, 1.5, 1.5, 1],
    ]);
  }
});

test("findContours() ends lines at infinite values, and finds none in a flat image", () => {
  const image = ndarray([
    [0, 0, 0, 0],
    [1, 1, Number.POSITIVE_INFINITY, 1],
  ]);
  expect(findContours(image, 0.5).map(list)).toEqual([[0.5, 0, 0.5, 1]]);
  expect(findContours(zeros([3, 3]))).toEqual([]);
});

const image = zeros([4, 4]);
const refused: [message: string, given: unknown[]][] = [
  ["an NdArray is needed, got Array", [[1, 2]]],
  [
    "the level must be a finite number, got an object; use findContours(image, 0.5, …)",
    [image, { level: 0.5 }],
  ],
  ["the level must be a finite number, got NaN", [image, Number.NaN]],
  ["the axes must be [y, x] with 2 pixels at least, got shape [1, 4]", [zeros([1, 4]), 1]],
  ["got shape [4, 4, 3]; use rgb2gray(image)", [zeros([4, 4, 3]), 1]],
  ["got shape [2, 4, 9]; use image.at(0)", [zeros([2, 4, 9]), 1]],
  ["the mask must have the image's shape [4, 4], got [2, 2]", [image, 1, { mask: zeros([2, 2]) }]],
  ["fullyConnected must be low or high, got all", [image, 1, { fullyConnected: "all" }]],
  ['use findContours(…, { positiveOrientation: "low" })', [image, 1, { positive_orientation: "low" }]],
];
test.each(refused)("findContours() says: %s", (message, given) => {
  expect(() => Reflect.apply(findContours, undefined, given)).toThrow(message);
});
