import { expect, test } from "vitest";
import { columnSource, Table } from "../src/index";

const table = new Table({ label: [1, 2], area: new Float64Array([4, 9]) });

test("columnSource() knows the column that values were taken from", () => {
  expect(columnSource(table.column("area"))).toEqual({ table, name: "area" });
  expect(columnSource(table.values("label"))).toEqual({ table, name: "label" });
  const large = table.filter((row) => row.area > 5);
  expect(columnSource(large.column("area"))?.table).toBe(large);
  expect(columnSource(table.values("area").map((value) => 2 * value))).toBeUndefined();
  expect(columnSource([4, 9])).toBeUndefined();
});

test("columnSource() of shared values is the table that was asked last", () => {
  const renamed = table.rename({ area: "size" });
  expect(columnSource(renamed.column("size"))?.table).toBe(renamed);
  expect(columnSource(table.column("area"))?.table).toBe(table);
});
