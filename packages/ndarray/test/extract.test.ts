import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { extract, ndarray } from "../src/index";

const numpy = JSON.parse(readFileSync(join(__dirname, "fixtures/numpy.json"), "utf8"));
const values = ndarray(Float64Array.from(numpy.values), [3, 4, 5]);

test("extract() gives what NumPy gives, of views too", () => {
  const found = extract(values.greater(100), values);
  expect([...found.data]).toEqual(numpy.extract);
  expect([found.dtype, found.shape]).toEqual(["float64", [numpy.extract.length]]);
  const turned = values.transpose([2, 0, 1]);
  expect(extract(turned.greater(100), turned).sum()).toBeCloseTo(found.sum(), 9);
});

test("extract() keeps 64-bit integers, and may find nothing", () => {
  const array = ndarray(BigInt64Array.of(5n, -1n, 2n ** 60n));
  expect([...extract(array.greater(0), array).data]).toEqual([5n, 2n ** 60n]);
  expect(extract(array.greater(2 ** 61), array).shape).toEqual([0]);
});

test("extract() wants a condition of the array's shape", () => {
  const mask = ndarray(Int32Array.of(0, 1), [1, 2]);
  expect(() => extract(mask, mask)).toThrow(
    new TypeError(
      "Cannot extract elements: the condition must be bool, got int32; write it first, such as mask.greater(0)",
    ),
  );
  expect(() => extract(mask.greater(0), values)).toThrow(
    new RangeError(
      "Cannot extract elements: the condition must have the array's shape [3, 4, 5], got [1, 2]",
    ),
  );
  // @ts-expect-error a list is no NdArray
  expect(() => extract(mask.greater(0), [1, 2])).toThrow("the array must be an NdArray, got object");
  // @ts-expect-error a boolean is no NdArray
  expect(() => extract(true, mask)).toThrow("the condition must be an NdArray, got boolean");
});
