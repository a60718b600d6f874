import { tableBundle } from "@bioengine/display";
import { parseTablePayload, TABLE_MIME } from "@bioengine/mime";
import { ndarray, type Table } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { regionpropsTable } from "../src/index";

const mask = ndarray(Int32Array.of(1, 1, 0, 2), [2, 2]);
const payloadOf = (table: Table) => parseTablePayload(tableBundle(table).data[TABLE_MIME]);
const unitsOf = (table: Table) => payloadOf(table).columns.map(({ name, unit }) => [name, unit]);
const properties = ["label", "area", "centroid", "bbox", "solidity"];

test("regionpropsTable() says pixels where no pixel size is known, and nothing of a given spacing", () => {
  expect(unitsOf(regionpropsTable(mask, { properties }))).toEqual([
    ["label", undefined],
    ["area", "px"],
    ["centroid-0", "px"],
    ["centroid-1", "px"],
    ...["bbox-0", "bbox-1", "bbox-2", "bbox-3"].map((name) => [name, "px"]),
    ["solidity", undefined],
  ]);
  expect(unitsOf(regionpropsTable(mask, { properties: ["area"], spacing: 0.5 }))).toEqual([
    ["area", undefined],
  ]);
});

test("regionpropsTable() says µm where the image knows its pixel size", () => {
  const image = ndarray(Float32Array.of(1, 2, 3, 4), [2, 2], { axes: "YX", spacing: [0.5, 0.5] });
  const units = unitsOf(
    regionpropsTable(mask, { image, properties: ["area", "perimeter", "intensity_mean"] }),
  );
  expect(units).toEqual([
    ["area", "µm²"],
    ["perimeter", "µm"],
    ["intensity_mean", undefined],
  ]);
});

test("what is taken from regionpropsTable() keeps its mask and units", () => {
  const table = regionpropsTable(mask, { properties: ["label", "area"] });
  const large = table
    .filter(({ area }) => area > 1)
    .sort("area")
    .select(["label", "area"])
    .head(1);
  expect(payloadOf(large).maskId).toBe(payloadOf(table).maskId);
  expect(payloadOf(large).maskId).toMatch(/^[0-9a-f]{16}$/);
  expect(unitsOf(large)).toEqual(unitsOf(table));
  expect(large.column("label")).toEqual(Int32Array.of(1));
});

test("a renamed column keeps its unit, and a computed one in its place has none", () => {
  const table = regionpropsTable(mask, { properties: ["label", "area"] });
  const computed = table.rename({ area: "size" }).withColumn("area", (row) => row.size * 0.25);
  expect(unitsOf(computed)).toEqual([
    ["label", undefined],
    ["size", "px"],
    ["area", undefined],
  ]);
});

test("a table whose labels were computed anew isn't linked to the mask", () => {
  const table = regionpropsTable(mask, { properties: ["label", "area"] });
  expect(payloadOf(table.withColumn("label", [7, 8])).maskId).toBeUndefined();
  expect(payloadOf(table.withColumn("half", (row) => row.area / 2)).maskId).toBe(payloadOf(table).maskId);
});
