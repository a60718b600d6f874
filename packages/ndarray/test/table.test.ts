import { expect, test } from "vitest";
import { Table } from "../src/index";

const table = new Table({
  label: new Int32Array([1, 2, 3]),
  area: new Float64Array([12.5, Number.NaN, 30]),
  note: ["round", 'says "no"', "a,b"],
});

test("Table keeps the order of its columns and gives rows as objects", () => {
  expect(table.columnNames).toEqual(["label", "area", "note"]);
  expect(table.row(2)).toEqual({ label: 3, area: 30, note: "a,b" });
});

test("filter() and sort() keep the columns' types; NaN sorts last", () => {
  expect(table.filter((row) => row.area > 20).column("label")).toEqual(new Int32Array([3]));
  expect(table.sort("area", { descending: true }).column("label")).toEqual(new Int32Array([3, 1, 2]));
  expect(table.sort("area").column("label")).toEqual(new Int32Array([1, 3, 2]));
});

test("select() and head() cut columns and rows", () => {
  expect(table.select(["note", "label"]).head(1).rows()).toEqual([{ note: "round", label: 1 }]);
});

test("toCsv() quotes as RFC 4180 and leaves NaN empty", () => {
  expect(table.toCsv()).toBe('label,area,note\n1,12.5,round\n2,,"says ""no"""\n3,30,"a,b"\n');
});

test("JSON.stringify() and toJson() write the rows, of a table within something else too", () => {
  const json =
    '[{"label":1,"area":12.5,"note":"round"},{"label":2,"area":null,"note":"says \\"no\\""},{"label":3,"area":30,"note":"a,b"}]';
  expect(table.toJson()).toBe(json);
  expect(JSON.stringify({ cells: table, count: 3 })).toBe(`{"cells":${json},"count":3}`);
  const large = new Table({ id: new BigInt64Array([5n, 2n ** 60n]) });
  expect(JSON.stringify(large)).toBe('[{"id":5},{"id":"1152921504606846976"}]');
});

test("a table within a text is its size", () => {
  expect(`${table}`).toBe("Table 3 rows × 3 columns");
});

test("a wrong column, row or length is named", () => {
  expect(() => table.column("aera")).toThrow("the name must be one of label, area, note, got aera");
  expect(() => table.row(3)).toThrow("the index must be from 0 to 2, got 3");
  expect(() => new Table({ a: [1], b: [1, 2] })).toThrow("equally long, got 1 and 2 rows");
  expect(() => Table.fromCsv(table as never)).toThrow(
    new TypeError("Cannot read CSV: a text is needed, got object; use readCsv(path) for a file"),
  );
  expect(() => Table.concat(undefined as never)).toThrow("a list of tables, or tables by name are needed");
});
