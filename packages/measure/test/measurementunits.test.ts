import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { measurementUnits, regionpropsTable } from "../src/index";

const mask = ndarray(Int32Array.of(0, 1, 1, 0, 2, 2), [2, 3], { spacing: 0.5 });
const properties = ["label", "area", "bbox", "centroid", "inertia_tensor", "major_axis_length", "Perimeter"];

for (const separator of ["-", "_", ".", ""]) {
  test(`measurementUnits() knows columns whose indices stand behind "${separator}"`, () => {
    const options = { properties, separator };
    const { columnNames } = regionpropsTable(mask, options);
    expect(measurementUnits(columnNames, mask, options)).toEqual({
      area: "µm²",
      ...Object.fromEntries([0, 1, 2, 3].map((index) => [`bbox${separator}${index}`, "px"])),
      [`centroid${separator}0`]: "µm",
      [`centroid${separator}1`]: "µm",
      major_axis_length: "µm",
      Perimeter: "µm",
    });
  });
}

test("measurementUnits() says nothing of a unit that the caller chose", () => {
  expect(measurementUnits(["area", "centroid-0"], mask, { spacing: 2 })).toEqual({});
  expect(measurementUnits(["area", "centroid-0"], mask, { spacing: 1 })).toEqual({
    area: "px",
    "centroid-0": "px",
  });
});

test("measurementUnits() says nothing of a property of one's own, whatever its name ends in", () => {
  expect(measurementUnits(["area_2", "perimeter_0_1"], mask, { separator: "_" })).toEqual({});
});
