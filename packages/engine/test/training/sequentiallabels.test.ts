import { expect, test } from "vitest";
import { sequentialLabels } from "../../src/training/sequentiallabels";

test("sequentialLabels() closes gaps in ascending order and counts values below 1 as background", () => {
  const labels = Int32Array.of(9, 9, 0, -3, 4, 2 ** 31 - 1, 4, 9, 0);
  expect(sequentialLabels(labels)).toEqual({ labels: Int32Array.of(2, 2, 0, 0, 1, 3, 1, 2, 0), count: 3 });
  expect(labels[0]).toBe(9);
});

test("sequentialLabels() of background is background", () => {
  expect(sequentialLabels(new Int32Array(3))).toEqual({ labels: new Int32Array(3), count: 0 });
});
