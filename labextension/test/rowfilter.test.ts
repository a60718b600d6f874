import { expect, test } from "vitest";
import { describeFilter, passing } from "../src/table/rowfilter";

const { POSITIVE_INFINITY, NEGATIVE_INFINITY } = Number;

test("passing() a range includes its ends and no missing value", () => {
  const column = { dtype: "float64", values: [1, 2, 3, null, "Infinity"] };
  expect([...passing(column, { from: 2, to: 3 })]).toEqual([0, 1, 1, 0, 0]);
  expect([...passing(column, { from: 3, to: POSITIVE_INFINITY })]).toEqual([0, 0, 1, 0, 1]);
  expect([...passing(column, { from: NEGATIVE_INFINITY, to: 1 })]).toEqual([1, 0, 0, 0, 0]);
});

test("passing() a text finds it anywhere in the cell, in any case", () => {
  const column = { dtype: "object", values: ["Round", "a round one", "flat", null, true] };
  expect([...passing(column, { text: "rOUND" })]).toEqual([1, 1, 0, 0, 0]);
  expect([...passing(column, { text: "tru" })]).toEqual([0, 0, 0, 0, 1]);
});

test("describeFilter() names the column and the bounds that there are", () => {
  expect(describeFilter("area (µm²)", { from: 1.5, to: 20 })).toBe("area (µm²) 1.5–20");
  expect(describeFilter("area", { from: 1.5, to: POSITIVE_INFINITY })).toBe("area ≥ 1.5");
  expect(describeFilter("area", { from: NEGATIVE_INFINITY, to: 20 })).toBe("area ≤ 20");
  expect(describeFilter("kind", { text: "flat" })).toBe("kind contains “flat”");
});
