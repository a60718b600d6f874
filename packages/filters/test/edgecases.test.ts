import { type NdArray, ndarray, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import * as filters from "../src/index";

const image = zeros([6, 7], "uint8");

test("estimateSigma() is 0 where there is no noise", () => {
  expect(filters.estimateSigma(image)).toBe(0);
});

const list = (array: NdArray): number[] => Array.from(array.astype("float64").data);

test("areaOpening() and diameterClosing() of an image that is too small are flat", () => {
  const slope = ndarray([[3, 1, 2]]);
  expect(list(filters.areaOpening(slope))).toEqual([1, 1, 1]);
  expect(list(filters.diameterClosing(slope))).toEqual([3, 3, 3]);
});

test("distanceTransformEdt() is infinite where there is no background", () => {
  expect(list(filters.distanceTransformEdt(ndarray([[1, 1]])))).toEqual([Infinity, Infinity]);
});

test("phaseCrossCorrelation() of zeros finds no shift", () => {
  for (const pair of [
    [image, image],
    [image, image.add(1)],
    [image.add(1), image],
  ]) {
    expect(filters.phaseCrossCorrelation(pair[0], pair[1]).shift).toEqual([0, 0]);
  }
});

test("shift() keeps labels whole, and their role", () => {
  const labels = ndarray([[1, 1, 2, 2]])
    .astype("int32")
    .withMetadata({ role: "labels" });
  const shifted = filters.shift(labels, [0, 1.2]);
  expect(list(shifted)).toEqual([0, 0, 1, 2]);
  expect(shifted.role).toBe("labels");
});

test("watershed() takes points as markers 1, 2, … in their order", () => {
  const relief = ndarray(Float64Array.of(0, 1, 2, 1, 0, 1, 3, 1, 0), [1, 9]);
  const flat = ndarray(new Float64Array(63), [7, 9]);
  const points = ndarray(Int32Array.of(0, 8, 0, 0, 0, 4), [3, 2]);
  const markers = ndarray(Int32Array.of(2, 0, 0, 0, 3, 0, 0, 0, 1), [1, 9]);
  expect([...filters.watershed(relief, points).data]).toEqual([...filters.watershed(relief, markers).data]);
  const volume = flat.reshape([7, 3, 3]);
  expect(filters.watershed(volume, ndarray(Int32Array.of(0, 0, 0, 6, 2, 2), [2, 3])).max()).toBe(2);
  expect(() => filters.watershed(flat, ndarray(Int32Array.of(0, 9), [1, 2]))).toThrow(
    "Cannot flood: markers that are points must lie in the image of shape [7, 9], got 9 at [0, 1]",
  );
  expect(() => filters.watershed(flat, ndarray([0.5, 1], [1, 2]))).toThrow("got 0.5 at [0, 0]");
});

test("watershed() keeps views, 64-bit markers and the arguments as they are", () => {
  const relief = ndarray([
    [3, 1, 2, 0],
    [0, 0, 0, 0],
  ]);
  const markers = ndarray([[2n, 0n, 0n, 7n]]);
  const before = list(relief);
  const labels = filters.watershed(relief.slice([0, 1]), markers);
  expect(list(labels)).toEqual([2, 7, 7, 7]);
  expect(labels.role).toBe("labels");
  expect(list(relief)).toEqual(before);
  expect(list(markers)).toEqual([2, 0, 0, 7]);
});

test("removeSmallObjects() and clearBorder() keep 64-bit labels", () => {
  // Their low halves are equal.
  const [large, small] = [5n, 5n + 2n ** 32n];
  const labels = ndarray([
    [large, large, 0n, 0n],
    [0n, 0n, small, 0n],
    [0n, 0n, 0n, 0n],
  ]);
  expect(filters.removeSmallObjects(labels, { maxSize: 1 }).data).toEqual(
    BigInt64Array.of(large, large, ...new Array<bigint>(10).fill(0n)),
  );
  expect(filters.clearBorder(labels).dtype).toBe("int64");
});
