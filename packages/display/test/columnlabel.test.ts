import { Table } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { boxplotBundle, histogramBundle, scatterBundle } from "../src/index";

const table = new Table(
  { area: [4, 9, 7], perimeter: [2, 3, 3], condition: ["a", "a", "b"] },
  { units: { area: "µm²" } },
);
const [area, perimeter, groups] = ["area", "perimeter", "condition"].map((name) => table.column(name));

const textOf = ({ data }: ReturnType<typeof histogramBundle>) => String(data["text/plain"]);

test("charts call a table's column by its name and unit", () => {
  expect(textOf(histogramBundle(area!))).toMatch(/^Histogram of area \(µm²\): 3 values/);
  expect(textOf(histogramBundle(table.filter((row) => row.area > 5).values("area")))).toMatch(
    /^Histogram of area \(µm²\): 2 values/,
  );
  expect(textOf(scatterBundle(area!, perimeter!))).toContain(
    "\nx = area (µm²): 4 to 9\ny = perimeter: 2 to 3\n",
  );
  expect(textOf(boxplotBundle(perimeter!, { groups: groups! }))).toMatch(
    /^Box plot of perimeter by condition: /,
  );
});

test("charts call values as they are told to, or by no column's name", () => {
  expect(textOf(histogramBundle(area!, { xLabel: "size" }))).toMatch(/^Histogram of size: /);
  expect(textOf(histogramBundle([4, 9]))).toMatch(/^Histogram of value: /);
});
