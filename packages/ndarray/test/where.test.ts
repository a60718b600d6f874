import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type DType, ndarray, where } from "../src/index";

const numpy = JSON.parse(readFileSync(join(__dirname, "fixtures/numpy.json"), "utf8")).where;
const condition = ndarray(Uint8Array.from(numpy.condition), [2, 3], { dtype: "bool" });
const chosen = ndarray([0, 1, 5, 7, 100, 1], [2, 3], { dtype: "int32" });
const other = ndarray([1, 0, 2, 3, 0, 50], [2, 3], { dtype: "int32" });
const types = Object.keys(numpy.arrays) as DType[];
const told = (array: ReturnType<typeof where>) => ({
  dtype: array.dtype,
  values: [...array.data].map(Number),
});

describe("where() gives what NumPy gives", () => {
  test.each(types)("of %s and others", (dtype) => {
    for (const type of types) {
      const found = where(condition, chosen.astype(dtype), other.astype(type));
      expect(told(found)).toEqual(numpy.arrays[dtype][type]);
    }
  });

  test.each(Object.keys(numpy.numbers) as DType[])("of %s and a number", (dtype) => {
    for (const number of [0, 0.5]) {
      expect(told(where(condition, chosen.astype(dtype), number))).toEqual(numpy.numbers[dtype][number]);
      const turned = where(condition.logicalNot(), number, chosen.astype(dtype));
      expect(told(turned)).toEqual(numpy.numbers[dtype][number]);
    }
  });
});

test("where() of two numbers is int32, or float64", () => {
  expect(told(where(condition, 2, 1))).toEqual({ dtype: "int32", values: [1, 2, 2, 2, 2, 1] });
  expect(where(condition, 2, 0.5).dtype).toBe("float64");
});

test("where() keeps the axes and the pixel size, and labels that stay labels", () => {
  const mask = chosen.withMetadata({ role: "labels", spacing: 0.5 });
  const black = where(mask.equal(5), 0, mask);
  expect([black.role, black.spacing, [...black.data]]).toEqual(["labels", [0.5, 0.5], [0, 1, 0, 7, 100, 1]]);
  expect(where(mask.equal(5), other, mask).role).toBeUndefined();
  expect(where(mask.equal(5), 0.5, mask).role).toBeUndefined();
});

test("where() names what it needs", () => {
  expect(() => where(chosen, 1, 0)).toThrow(
    "Cannot choose elements: the condition must be bool, got int32; write it first, such as mask.greater(0)",
  );
  expect(() => where(condition, chosen.slice([1, 2]), 0)).toThrow(
    "the condition must have the array's shape [1, 3], got [2, 3]",
  );
  expect(() => where(condition, chosen, other.at(0))).toThrow("must have the array's shape [3], got [2, 3]");
  expect(() => where(condition, chosen.astype("uint8"), -1)).toThrow("the number must fit uint8, got -1");
  // @ts-expect-error a text is no number
  expect(() => where(condition, chosen, "0")).toThrow("an NdArray or a number is needed, got string");
});
