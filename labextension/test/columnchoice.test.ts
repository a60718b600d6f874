import { expect, test } from "vitest";
import { firstPlotted } from "../src/table/columnchoice";

const columns = (...names: string[]) => names.map((name) => ({ name, dtype: "float64" }));

test("firstPlotted() prefers an area and a measurement that does not follow from it", () => {
  const names = ["label", "bbox-0", "equivalent_diameter_area", "solidity", "area"];
  expect(firstPlotted(columns(...names))).toEqual([4, 3]);
});

test("firstPlotted() takes what numbers there are", () => {
  expect(firstPlotted(columns("label", "centroid-0"))).toEqual([0, 1]);
  expect(firstPlotted(columns("area"))).toEqual([0, -1]);
  expect(firstPlotted([{ name: "kind", dtype: "string" }, ...columns("area")])).toEqual([1, -1]);
  expect(firstPlotted([{ name: "kind", dtype: "string" }])).toEqual([0, -1]);
});
