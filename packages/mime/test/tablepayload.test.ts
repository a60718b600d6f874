import { expect, test } from "vitest";
import { columnTitle, DecodeError, parseTablePayload, type TablePayload } from "../src/index";

const table: TablePayload = {
  version: 1,
  maskId: "3f2a",
  rowCount: 3,
  columns: [
    { name: "label", dtype: "int32", values: [1, 2, 3] },
    { name: "area", dtype: "float64", unit: "µm²", values: [1.5, null, "Infinity"] },
    { name: "touches", dtype: "bool", values: [true, false, false] },
  ],
  digest: "3 rows",
};

test("parseTablePayload() returns what it was given", () => {
  expect(parseTablePayload(JSON.parse(JSON.stringify(table)))).toEqual(table);
});

test("parseTablePayload() reads a table without columns and one that holds the first rows only", () => {
  const empty = { version: 1, rowCount: 0, columns: [], digest: "" } as const;
  expect(parseTablePayload(empty)).toEqual(empty);
  expect(parseTablePayload({ ...table, rowCount: 1_000_000 }).rowCount).toBe(1_000_000);
});

const column = { name: "area", dtype: "float64", values: [1, 2, 3] };

test.each([
  ['the payload must be an object, got "text"', "", "text"],
  ["update the BioEngine extension", "version", { ...table, version: 7 }],
  ["rowCount must be an integer >= 0, got -1", "rowCount", { ...table, rowCount: -1 }],
  ["columns must be an array, got an object", "columns", { ...table, columns: {} }],
  ["columns[0] must be an object, got 1", "columns[0]", { ...table, columns: [1] }],
  ["must be a string, got null", "columns[0].name", { ...table, columns: [{ ...column, name: null }] }],
  ["boolean or null, got [1]", "columns[0].values[0]", { ...table, columns: [{ ...column, values: [[1]] }] }],
  ["as many values", "columns[1].values", { ...table, columns: [column, { ...column, values: [1] }] }],
  ["at most rowCount (2), got 3", "columns[0].values", { ...table, rowCount: 2 }],
])("parseTablePayload() says what is wrong: %s", (message, field, json) => {
  expect(() => parseTablePayload(json)).toThrow(message);
  expect(() => parseTablePayload(json)).toThrow(expect.objectContaining({ field }));
  expect(() => parseTablePayload(json)).toThrow(DecodeError);
});

test("columnTitle() has the unit", () => {
  expect(columnTitle({ name: "area", unit: "µm²" })).toBe("area (µm²)");
  expect(columnTitle({ name: "label" })).toBe("label");
});
