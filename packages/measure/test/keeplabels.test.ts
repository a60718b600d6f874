import { ndarray, Table } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { keepLabels } from "../src/index";

const mask = ndarray(
  [
    [0, 3, 3, 0],
    [7, 7, 0, 9],
    [7, 0, 0, 9],
  ],
  undefined,
  { dtype: "uint16" },
);

test("keepLabels() keeps the labels that it is given, with their numbers", () => {
  const kept = keepLabels(mask, [9, 3]);
  expect(kept.toArray()).toEqual([
    [0, 3, 3, 0],
    [0, 0, 0, 9],
    [0, 0, 0, 9],
  ]);
  expect([kept.dtype, kept.role]).toEqual(["uint16", "labels"]);
  expect(keepLabels(mask.astype("int64"), [9]).get(1, 3)).toBe(9);
  expect(mask.max()).toBe(9);
  expect(keepLabels(mask, []).max()).toBe(0);
});

test("keepLabels() takes a column of a table", () => {
  const table = new Table({ label: Int32Array.of(3, 7, 9), area: [2, 3, 2] });
  const large = table.filter((row) => row.area > 2);
  expect(keepLabels(mask, large.column("label")).sum()).toBe(21);
});

test("keepLabels() refuses labels that the mask lacks, and what is no list of labels", () => {
  expect(() => keepLabels(mask, [3, 4, 0])).toThrow(
    "Cannot keep labels: the mask must have them, got 4, 0, which it lacks",
  );
  for (const wrong of [3, "3", new Table({ label: [3] }), [2.5]])
    expect(() => keepLabels(mask, wrong as never)).toThrow("they must be an array of whole numbers");
  expect(() => keepLabels(mask.astype("float32"), [3])).toThrow(TypeError);
});
