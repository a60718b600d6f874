import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Table } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { readCsv, writeCsv } from "../src/index";

const folder = mkdtempSync(join(tmpdir(), "csvfile-"));

test("writeCsv() writes what readCsv() reads, in a new folder", async () => {
  const path = join(folder, "made", "objects.csv");
  const table = new Table({
    label: new Int32Array([1, 2]),
    area: new Float64Array([12.5, Number.NaN]),
    kind: ["µm²", "a,b"],
  });
  await writeCsv(path, table);
  expect(readFileSync(path, "utf8")).toBe('label,area,kind\n1,12.5,µm²\n2,,"a,b"\n');
  const back = await readCsv(path);
  for (const name of table.columnNames) expect(back.column(name)).toEqual(table.column(name));
});

test("writeCsv() writes the units that it is asked for, which readCsv() reads", async () => {
  const path = join(folder, "units.csv");
  const table = new Table({ label: Int32Array.of(1), area: [12.5] }, { units: { area: "µm²" } });
  await writeCsv(path, table, { units: true });
  expect(readFileSync(path, "utf8")).toBe("label,area (µm²)\n1,12.5\n");
  const back = await readCsv(path);
  expect([back.columnNames, back.unit("area")]).toEqual([["label", "area"], "µm²"]);
  await writeCsv(path, table);
  expect(readFileSync(path, "utf8")).toBe("label,area\n1,12.5\n");
  await expect(writeCsv(path, table, { index: false } as object)).rejects.toThrow(
    "Cannot write CSV: options must be among units, got index",
  );
});

test("readCsv() names the file that is missing or wrong", async () => {
  await expect(readCsv(join(folder, "none.csv"))).rejects.toThrow("none.csv: there is no such file");
  writeFileSync(join(folder, "wrong.csv"), "a,b\n1\n");
  await expect(readCsv(join(folder, "wrong.csv"))).rejects.toThrow(
    /^Cannot read .*wrong\.csv: all rows must have the 2 columns of the head, got 1 in row 1$/,
  );
});

test("writeCsv() wants a table", async () => {
  await expect(writeCsv("a.csv", [] as never)).rejects.toThrow(
    "Cannot write a.csv: a table is needed, got object",
  );
});

test("writeCsv() writes no other formats", async () => {
  await expect(writeCsv("a.xlsx", new Table({ a: [1] }))).rejects.toThrow(
    'Cannot write a.xlsx: the name must end in .csv, got "a.xlsx"',
  );
});
