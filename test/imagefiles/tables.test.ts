import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readArrow, Table, writeArrow } from "bioengine";
import { afterAll, expect, test } from "vitest";
import { setUpEnvironment } from "../environment.mjs";
import { root } from "../laboratory";
import { finish } from "../program";

const folder = mkdtempSync(join(tmpdir(), "tables-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("pandas and pyarrow read what writeArrow() writes, and readArrow() what pandas makes of it", async () => {
  const { python } = setUpEnvironment("imagefiles", "test/imagefiles/requirements.txt");
  const [path, copy] = ["objects.arrow", "copy.feather"].map((name) => join(folder, name));
  const columns = [
    ["label", Int32Array.of(3, 1, 2)],
    ["7", Float32Array.of(0.5, Number.NaN, Number.POSITIVE_INFINITY)],
    ["area", Float64Array.of(0.1, Number.NaN, -2)],
    ["byte", Uint8Array.of(255, 0, 1)],
    ["long", BigInt64Array.of(-(2n ** 62n), 0n, 1n)],
    ["kind", ["round", null, "λ"]],
    ["flag", [true, null, false]],
    ["whole", [true, false, false]],
    ["nothing", [null, null, null]],
  ] as const;
  const table = new Table(columns, { units: { area: "µm²" } });
  await writeArrow(path, table);
  const { code, output } = await finish(python, [join(root, "test/imagefiles/tables.py"), path, copy]);
  expect(code, output).toBe(0);
  const read = JSON.parse(output.match(/^read:(.*)$/m)?.[1] ?? "");
  expect(read.units).toEqual({ area: "µm²" });
  expect(read.columns).toEqual([
    ["label", "int32", ["3", "1", "2"]],
    ["7", "float", ["0.5", "None", "inf"]],
    ["area", "double", ["0.1", "None", "-2.0"]],
    ["byte", "uint8", ["255", "0", "1"]],
    ["long", "int64", ["-4611686018427387904", "0", "1"]],
    ["kind", "string", ["round", "None", "λ"]],
    ["flag", "bool", ["True", "None", "False"]],
    ["whole", "bool", ["True", "False", "False"]],
    ["nothing", "null", ["None", "None", "None"]],
  ]);
  const back = await readArrow(copy);
  expect(back.columnNames).toEqual(table.columnNames);
  for (const name of table.columnNames) expect(back.column(name), name).toEqual(table.column(name));
});
