import { type NdArray, ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { linkLabels } from "../src";
import recorded from "./fixtures/linked.json";

const stackOf = (...planes: number[][][]): NdArray => ndarray(planes, undefined, { dtype: "uint16" });

const valuesOf = (labels: NdArray): number[][] => {
  const [depth] = labels.shape;
  return Array.from({ length: depth }, (_, z) => Array.from(labels.at(z).data, Number));
};

test("linkLabels() carries a label on to the object that overlaps it best", () => {
  const linked = linkLabels(
    stackOf(
      [
        [1, 1, 0, 2],
        [1, 1, 0, 2],
      ],
      [
        [7, 0, 0, 3],
        [7, 7, 0, 3],
      ],
    ),
  );
  expect(valuesOf(linked)).toEqual([
    [1, 1, 0, 2, 1, 1, 0, 2],
    [1, 0, 0, 2, 1, 1, 0, 2],
  ]);
  expect(linked.role).toBe("labels");
});

test("linkLabels() numbers an object anew where the overlap is below the threshold", () => {
  const planes = [[[1, 1, 1, 0]], [[0, 0, 1, 1]]];
  expect(valuesOf(linkLabels(stackOf(...planes), { threshold: 0.5 }))[1]).toEqual([0, 0, 2, 2]);
  expect(valuesOf(linkLabels(stackOf(...planes), { threshold: 0.25 }))[1]).toEqual([0, 0, 1, 1]);
});

test("linkLabels() keeps a label for one of two objects that an object splits into", () => {
  const linked = linkLabels(stackOf([[1, 1, 1, 1, 1, 1]], [[1, 1, 1, 0, 2, 2]]));
  expect(valuesOf(linked)[1]).toEqual([1, 1, 1, 0, 2, 2]);
});

test("linkLabels() gives no label twice after an empty plane", () => {
  const linked = linkLabels(stackOf([[1, 0, 2]], [[0, 0, 0]], [[1, 0, 2]]));
  expect(valuesOf(linked)).toEqual([
    [1, 0, 2],
    [0, 0, 0],
    [3, 0, 4],
  ]);
});

/** The same objects, whatever their numbers: each label by where it appears first. */
function inOrder(labels: readonly number[]): number[] {
  const numbers = new Map([[0, 0]]);
  return labels.map((label) => numbers.get(label) ?? numbers.set(label, numbers.size).size - 1);
}

test.each(Object.keys(recorded.linked))(
  "linkLabels() links as cellpose's stitch3D at threshold %s",
  (threshold) => {
    const stack = ndarray(recorded.labels, recorded.shape, { dtype: "uint16" });
    const linked = linkLabels(stack, { threshold: Number(threshold) });
    const expected = Object.entries(recorded.linked).find(([name]) => name === threshold)?.[1] ?? [];
    expect(inOrder(Array.from(linked.data))).toEqual(inOrder(expected));
  },
);

test("linkLabels() names the axes that it needs", () => {
  expect(() => linkLabels(ndarray([[1, 0]], undefined, { dtype: "uint8" }))).toThrow(
    "Cannot link labels: the axes must be [z, y, x], got shape [1, 2]",
  );
  expect(() => linkLabels(stackOf([[1]]), { threshold: 0 })).toThrow(
    "Cannot link labels: threshold must be above 0 and at most 1, got 0",
  );
});
