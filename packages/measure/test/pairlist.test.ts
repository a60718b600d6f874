import { inspect } from "node:util";
import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { matching } from "../src/index";

/** A mask of that many objects of one pixel each. */
const mask = (count: number) =>
  ndarray(
    Int32Array.from({ length: 200 }, (_, i) => (i < count ? i + 1 : 0)),
    [10, 20],
  );

test("matching() prints the number of its pairs and the first of them", () => {
  const found = matching(mask(119), mask(119));
  expect(inspect(found)).toContain(
    "pairs: 119 of [truth, prediction, iou]: [1, 1, 1.000], [2, 2, 1.000], [3, 3, 1.000], [4, 4, 1.000], [5, 5, 1.000], …",
  );
  expect(inspect(found).length).toBeLessThan(500);
  expect(found.pairs).toHaveLength(119);
  expect(Object.keys(found.pairs)).toHaveLength(119);
});

test("matching() prints a few pairs in full", () => {
  expect(inspect(matching(mask(1), mask(1)).pairs)).toBe("[ [ 1, 1, 1 ] ]");
});
