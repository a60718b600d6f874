import type { TablePayload } from "@bioengine/mime";
import { expect, test } from "vitest";
import { SortedTable } from "../src/table/sortedtable";

const payload: TablePayload = {
  version: 1,
  rowCount: 3,
  columns: [
    { name: "label", dtype: "int32", values: [4, 7, 9] },
    { name: "area", dtype: "float64", unit: "µm²", values: [2.5, 0.5, 1.5] },
  ],
  digest: "3 objects",
};
const shown = (table: SortedTable) => [0, 1, 2].map((row) => table.cell(row, 1));

test("SortedTable.sort() reorders the rows, marks the header and comes back to the original order", () => {
  const table = new SortedTable(payload);
  expect(shown(table)).toEqual(["2.5000", "0.5000", "1.5000"]);
  expect(table.title(1)).toBe("area (µm²)");
  table.sort(1);
  expect(shown(table)).toEqual(["0.5000", "1.5000", "2.5000"]);
  expect(table.title(1)).toBe("area (µm²) ▲");
  table.sort(1);
  expect(shown(table)).toEqual(["2.5000", "1.5000", "0.5000"]);
  expect(table.title(1)).toBe("area (µm²) ▼");
  table.sort(1);
  expect(shown(table)).toEqual(["2.5000", "0.5000", "1.5000"]);
  expect(payload.columns[1].values).toEqual([2.5, 0.5, 1.5]);
});

test("SortedTable.recordsOf() finds the records of labels, sorted or not", () => {
  const table = new SortedTable(payload);
  table.sort(1);
  expect(table.recordsOf([9, 4, 5])).toEqual([0, 2]);
  expect(table.labelOf(1)).toBe(7);
});

test("SortedTable of a table without labels or columns links nothing", () => {
  const table = new SortedTable({ ...payload, columns: [] });
  expect(table.hasLabels).toBe(false);
  expect(table.recordsOf([4])).toEqual([]);
  expect(table.rowCount).toBe(0);
});

test("SortedTable.filter() leaves rows out of every column's filter, whatever the order", () => {
  const table = new SortedTable(payload);
  const records = () => [...table.order];
  table.filter(1, { from: 1, to: 3 });
  expect(records()).toEqual([0, 2]);
  table.sort(1);
  expect(records()).toEqual([2, 0]);
  table.filter(0, { from: 5, to: 9 });
  expect(records()).toEqual([2]);
  expect([table.rowCount, table.recordCount]).toEqual([1, 3]);
  table.filter(1, null);
  expect(records()).toEqual([1, 2]);
  expect([...table.filters.keys()]).toEqual([0]);
});

test("SortedTable.describe() writes a value with its unit", () => {
  expect(new SortedTable(payload).describe(1)).toBe("label 7 · area 0.5000 µm²");
});
