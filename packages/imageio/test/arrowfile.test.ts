import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Table } from "@bioengine/ndarray";
import { afterAll, expect, test } from "vitest";
import { ImageFileError, readArrow, writeArrow } from "../src/index";
import { fixtures } from "./expected";

const folder = mkdtempSync(join(tmpdir(), "arrowfile-"));
afterAll(() => rmSync(folder, { recursive: true }));

// Four rows, which repeat.
const noted: Record<string, unknown[]> = JSON.parse(readFileSync(join(fixtures, "tables.json"), "utf8"));

/** A cell as makearrow.py notes it: a missing number is None or nan, a large one a text. */
function cellOf(name: string, cell: unknown): unknown {
  if (cell === "nan" || (cell === null && /^(some|half|double)/.test(name))) return Number.NaN;
  if (cell === "inf") return Number.POSITIVE_INFINITY;
  if (name === "large" || name === "ularge") return BigInt(cell as string);
  return typeof cell === "string" && /^(half|single|double)$/.test(name) ? Number(cell) : cell;
}

for (const [name, rows] of [
  ["lz4", 3000],
  ["zstd", 3000],
  ["plain", 8],
  ["pandas", 8],
  ["polars", 8],
] as const) {
  test(`readArrow() of ${name}.arrow gives what Python wrote`, async () => {
    const table = await readArrow(join(fixtures, `${name}.arrow`));
    const names = Object.keys(noted).filter((column) => name !== "polars" || column !== "half");
    expect([table.rowCount, table.columnNames]).toEqual([rows, names]);
    for (const column of names) {
      const wanted = noted[column].map((cell) => cellOf(column, cell));
      const single = column === "single" ? wanted.map((cell) => Math.fround(cell as number)) : wanted;
      const values = table.values(column);
      expect(values.slice(0, 4), column).toEqual(single);
      expect(values.slice(-4), column).toEqual(single);
    }
    expect(table.column("int64")).toBeInstanceOf(Int32Array);
    expect(table.column("large")).toBeInstanceOf(BigInt64Array);
  });
}

test("readArrow() refuses what no table holds, and what is no Arrow file", async () => {
  const path = join(fixtures, "times.arrow");
  await expect(readArrow(path)).rejects.toThrow(
    `Cannot read ${path}: the column when must hold numbers, texts or booleans, got Timestamp<MILLISECOND>; convert it to text in the program that wrote it`,
  );
  await expect(readArrow(join(fixtures, "uint8.npy"))).rejects.toThrow(
    "it must be an Arrow file (Feather 2)",
  );
  await expect(readArrow(join(folder, "none.arrow"))).rejects.toThrow("there is no such file");
  expect((await readArrow(join(fixtures, "empty.arrow"))).columnNames).toEqual(Object.keys(noted));
});

test("readArrow() of a file that is cut off anywhere names it", async () => {
  const bytes = readFileSync(join(fixtures, "lz4.arrow"));
  const path = join(folder, "cut.arrow");
  for (let part = 0; part < 60; part++) {
    writeFileSync(path, bytes.subarray(0, Math.floor((bytes.length * part) / 60)));
    await expect(readArrow(path)).rejects.toThrow(`Cannot read ${path}: `);
  }
});

test("readArrow() of damaged data gives a table or an error that names it", async () => {
  for (const name of ["lz4", "zstd"]) {
    const bytes = readFileSync(join(fixtures, `${name}.arrow`));
    const path = join(folder, `${name}.arrow`);
    // The middle is data: what describes it lies at both ends.
    for (let round = 100; round < 160; round++) {
      const damaged = Uint8Array.from(bytes);
      damaged[Math.floor((bytes.length * round) / 260)] ^= 1 << (round % 8);
      writeFileSync(path, damaged);
      const found = await readArrow(path).catch((error: unknown) => error);
      if (found instanceof Table) continue;
      expect(found).toBeInstanceOf(ImageFileError);
      expect(String(found)).toContain(`Cannot read ${path}: `);
    }
  }
});

test("readArrow() refuses columns with fewer values than rows are announced", async () => {
  const path = join(folder, "announced.arrow");
  const rows = 77;
  for (const [name, cells] of [
    ["area", Float64Array.from({ length: rows }, (_, row) => row / 3)],
    ["kind", Array.from({ length: rows }, (_, row) => `kind ${row / 3}`)],
    ["round", Array.from({ length: rows }, (_, row) => row % 3 === 0)],
  ] as const) {
    await writeArrow(path, new Table({ [name]: cells }));
    const bytes = readFileSync(path);
    // The numbers of rows are whole numbers of 64 bits.
    for (let at = 0; at + 8 <= bytes.length; at += 8) {
      if (bytes.readBigInt64LE(at) === BigInt(rows)) bytes.writeBigInt64LE(77_000_000n, at);
    }
    writeFileSync(path, bytes);
    await expect(readArrow(path)).rejects.toThrow(
      new RegExp(`the column ${name} has \\d+ values where 77000000 are announced; it is damaged`),
    );
  }
});

test("writeArrow() and readArrow() keep names, order, types and missing cells", async () => {
  const path = join(folder, "made", "objects.arrow");
  const columns = [
    ["2", Int32Array.of(3, 1, 2)],
    ["1", Float32Array.of(0.5, Number.NaN, Number.POSITIVE_INFINITY)],
    ["double", Float64Array.of(0.1, Number.NaN, -0)],
    ["byte", Uint8Array.of(255, 0, 1)],
    ["long", BigUint64Array.of(2n ** 63n, 0n, 1n)],
    ["text", ["", null, 'λ, "quoted"']],
    ["flag", [true, null, false]],
    ["nothing", [null, null, null]],
  ] as const;
  await writeArrow(path, new Table(columns));
  const back = await readArrow(path);
  expect(back.columnNames).toEqual(columns.map(([name]) => name));
  for (const [name, values] of columns) expect(back.column(name), name).toEqual(values);
  await writeArrow(path, new Table({ count: [1, null, 2.5] }));
  expect((await readArrow(path)).column("count")).toEqual(Float64Array.of(1, Number.NaN, 2.5));
  await writeArrow(path, new Table({ label: new Int32Array(0), kind: [] }));
  expect(await readArrow(path)).toMatchObject({ rowCount: 0, columnNames: ["label", "kind"] });
});

test("writeArrow() shows the conversion for cells of several kinds", async () => {
  const path = join(folder, "mixed.arrow");
  await expect(writeArrow(path, new Table({ a: [1, "x"] }))).rejects.toThrow(
    new TypeError(
      `Cannot write ${path}: the column a must hold numbers, texts or booleans, got number and string; use table.withColumn("a", (row) => JSON.stringify(row["a"]))`,
    ),
  );
  await expect(writeArrow(path, new Table({ a: [2n ** 64n] }))).rejects.toThrow(
    "the column a must hold integers of 64 bits, got 18446744073709551616",
  );
  await expect(writeArrow(path, [{ a: 1 }] as never)).rejects.toThrow("a table is needed, got object");
});

test("writeArrow() keeps units, and readArrow() reads them", async () => {
  const path = join(folder, "units.arrow");
  const table = new Table(
    { label: [1, 2], area: [0.5, 2], "mean (red)": [3, 4] },
    { units: { area: "µm²" } },
  );
  await writeArrow(path, table);
  const back = await readArrow(path);
  expect(back.columnNames.map((name) => back.unit(name))).toEqual([undefined, "µm²", undefined]);
  expect(back.rows()).toEqual(table.rows());
});
