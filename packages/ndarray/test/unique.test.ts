import { expect, test } from "vitest";
import { ndarray, unique } from "../src/index";

// Expectations by hand, after the documentation of numpy.unique.

test("unique() gives the distinct values in ascending order, and leaves the array as it is", () => {
  const array = ndarray(Uint16Array.of(3, 0, 3, 1, 0, 10), [2, 3]);
  const values = unique(array);
  expect(values.dtype).toBe("uint16");
  expect(values.shape).toEqual([4]);
  expect([...values.data]).toEqual([0, 1, 3, 10]);
  expect([...array.data]).toEqual([3, 0, 3, 1, 0, 10]);
});

test("unique() of floats takes -0 for 0, and NaN once and last", () => {
  const values = unique(ndarray(Float32Array.of(Number.NaN, 0.5, -0, 0, -2, Number.NaN)));
  expect([...values.data].map((value) => Number(value) + 0)).toEqual([-2, 0, 0.5, Number.NaN]);
});

test("unique() of a view and of 64-bit integers", () => {
  const array = ndarray(BigInt64Array.of(5n, -1n, 5n, 7n), [2, 2]);
  expect([...unique(array.slice([0, 2], [0, 1])).data]).toEqual([5n]);
  expect([...unique(array).data]).toEqual([-1n, 5n, 7n]);
});

test("unique() wants an array", () => {
  // @ts-expect-error a list is no NdArray
  expect(() => unique([1, 2])).toThrow(
    "Cannot find the unique values: the array must be an NdArray, got object",
  );
});
