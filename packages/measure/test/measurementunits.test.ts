import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { type RegionpropsTableOptions, regionpropsTable } from "../src/index";

const mask = ndarray(Int32Array.of(0, 1, 1, 0, 2, 2), [2, 3], { spacing: 0.5 });
const properties = ["label", "area", "bbox", "centroid", "inertia_tensor", "major_axis_length", "Perimeter"];

function unitsOf(options: RegionpropsTableOptions): Record<string, string> {
  const table = regionpropsTable(mask, options);
  const units = table.columnNames.map((name) => [name, table.unit(name)] as const);
  return Object.fromEntries(units.flatMap(([name, unit]) => (unit === undefined ? [] : [[name, unit]])));
}

for (const separator of ["-", "_", ".", ""]) {
  test(`regionpropsTable() knows the units of columns whose indices stand behind "${separator}"`, () => {
    expect(unitsOf({ properties, separator })).toEqual({
      area: "µm²",
      ...Object.fromEntries([0, 1, 2, 3].map((index) => [`bbox${separator}${index}`, "px"])),
      [`centroid${separator}0`]: "µm",
      [`centroid${separator}1`]: "µm",
      major_axis_length: "µm",
      Perimeter: "µm",
    });
  });
}

test("regionpropsTable() says nothing of a unit that the caller chose", () => {
  expect(unitsOf({ properties: ["area", "centroid"], spacing: 2 })).toEqual({});
  expect(unitsOf({ properties: ["area", "centroid"], spacing: 1 })).toEqual({
    area: "px",
    "centroid-0": "px",
    "centroid-1": "px",
  });
});

test("regionpropsTable() says nothing of the unit of a property of one's own, whatever its name ends in", () => {
  const extraProperties = { area_2: () => 1, perimeter_0_1: () => 2 };
  expect(unitsOf({ properties: ["label"], extraProperties, separator: "_" })).toEqual({});
});
