import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { resultOf, tracebackOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

// What a user reads after a slip: where it was, and the next step.

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
}, 60_000);
afterAll(() => kernel.stop());

const run = async (code: string) => {
  const exchange = await kernel.client.execute(code);
  const { status, execution_count: count, ename, evalue } = exchange.reply;
  return { status, ename, evalue, cell: `Cell [${count}]`, traceback: tracebackOf(exchange), exchange };
};

test("a name of bioengine that was not imported comes with its import line", async () => {
  const { traceback, cell } = await run("const results = await execute({});");
  expect(traceback.split("\n")).toEqual([
    `${cell}, line 1: Cannot find name 'execute'. (TS2304)`,
    "  1 | const results = await execute({});",
    "    |                       ^^^^^^^",
    '  Import it first: import { execute } from "bioengine";',
  ]);
  expect((await run("regionpropsTabel(1)")).traceback).toContain(
    'import { regionpropsTable } from "bioengine";',
  );
});

test("a missing name is told once, where it is read first", async () => {
  const { traceback, cell } = await run("console.log(fog);\nconsole.log({ fog }, [mist, fog], fog.max());");
  expect(traceback.split("\n").filter((line) => line.startsWith("Cell"))).toEqual([
    `${cell}, line 1: Cannot find name 'fog'. (TS2304)`,
    `${cell}, line 2: Cannot find name 'mist'. (TS2304)`,
  ]);
  expect(traceback).not.toContain("more error");
});

test("a name of Node.js that was not imported comes with its import line", async () => {
  const { traceback } = await run('readFile("a"); join("a");');
  expect(traceback).toContain('Import it first: import { readFile } from "node:fs/promises";');
  expect(traceback).toContain('Import it first: import { join } from "node:path";');
  const { traceback: rare } = await run("gzipSync(x)");
  expect(rare).toContain('Import it first: import { gzipSync } from "node:zlib";');
});

test.each([
  ["image > 100", "There are no operators for it: image.greater(100)"],
  ["2 * image.at(0)", "There are no operators for it: image.at(0).multiply(2)"],
  ["const halves = image / 2;", "There are no operators for it: image.divide(2)"],
  ['image.astype("unit16")', 'Did you mean "uint16"?'],
  ["image[0, 1]", "Write image.at(0, 1)"],
  ["print(1)", "In TypeScript: console.log(1)"],
  ['pd.read_csv("a.csv")', 'In TypeScript: import { readCsv } from "bioengine"; await readCsv("a.csv")'],
  [
    "stats.ttest_ind([1, 2], [3, 4])",
    'import { tTest } from "bioengine"; tTest([1, 2], [3, 4], { equalVariances: true })',
  ],
])("%s, as in Python, comes with what it is in TypeScript", async (code, advice) => {
  await run('import { zeros } from "bioengine";\nconst image = zeros([4, 4]);');
  expect((await run(code)).traceback).toContain(advice);
});

test.each([
  ["table.rows.map((row) => row.area)", "It is a method: table.rows().map"],
  ["for (const row of table.rows);", "It is a method: table.rows()"],
  ['table.sort_values("area")', 'Write table.sort("area")'],
  ['table.groupby("area")', "Did you mean 'groupBy'?"],
  ["table.length", "Write table.rowCount"],
  ["table.columns", "Write table.columnNames"],
  ["table.area", 'Write table.column("area")'],
  ['table["area"]', 'use column("area"), got ["area"]'],
  ["table.withColum()", "Did you mean 'withColumn'?"],
  ['table.filter("area > 3")', "Write a function of the row: (row) => row.area > 30"],
  ["table.filter((row) => row.aera > 3)", "did you mean area?"],
  [
    'table.groupBy("label").agg({ area: "mean" })',
    'Write table.groupBy("label").aggregate({ area: "mean" })',
  ],
  ['table.column("area").reduce((a, b) => a + b)', 'An array to compute with: table.values("area")'],
  ['Math.max(...table.column("area"))', 'An array to compute with: table.values("area")'],
  ['table.toCsv("a.csv")', 'Write import { writeCsv } from "bioengine"; await writeCsv("a.csv", table)'],
])("%s, as with other data frames, comes with what tables have", async (code, advice) => {
  await run('import { Table } from "bioengine";\nconst table = new Table({ label: [1, 2], area: [3, 4] });');
  const { evalue, traceback } = await run(code);
  expect(`${evalue}\n${traceback}`).toContain(advice);
});

test("an operator that nothing stands in for gets no advice, nor does a name of the console's module", async () => {
  expect((await run("({}) * 2")).traceback).not.toContain("operators");
  expect((await run("table; count")).traceback).not.toContain("node:console");
});

test("a package that was imported before is looked into, a name from nowhere gets no advice", async () => {
  await run('import { Router } from "zeromq";');
  expect((await run("new Subscriber()")).traceback).toContain('import { Subscriber } from "zeromq";');
  expect((await run("qqqqqqqq()")).traceback).not.toContain("import");
});

test("a misspelled module comes with the one that was meant, or how to install it", async () => {
  writeFileSync(join(kernel.folder, "filter.ts"), "export const gain = 2;");
  const { traceback } = await run(
    'import a from "zermoq";\nimport b from "./fitler";\nimport c from "node:pth";',
  );
  expect(traceback).toContain('Did you mean "zeromq"?');
  expect(traceback).toMatch(/%install zermoq$/m);
  expect(traceback).toContain('Did you mean "./filter"?');
  expect(traceback).toContain('Did you mean "node:path"?');
});

test("a promise that was not awaited comes with the corrected expression", async () => {
  await run("async function load(): Promise<number[]> { return [1]; }\nfunction sum(numbers: number[]) {}");
  const { traceback } = await run(
    "load().length;\nsum(load());\nconst list: number[] = load();\nfor (const n of load());",
  );
  expect(traceback).toContain("It is a promise: (await load()).length");
  expect(traceback.match(/It is a promise: await load\(\)$/gm)).toHaveLength(3);
  expect((await run("function f() { await load(); }")).traceback).toContain(
    "Write async before the function",
  );
});

test("TypeScript's own suggestion is kept", async () => {
  await run("const measured = { area: 1 };");
  expect((await run("measrued.area")).evalue).toBe("Cannot find name 'measrued'. Did you mean 'measured'?");
  expect((await run("measured.aera")).evalue).toContain("Property 'aera' does not exist");
  expect((await run("measured.aera")).traceback).toContain("Did you mean area?");
  expect((await run('import { imraed } from "bioengine";')).traceback).toContain("Did you mean");
  expect((await run('import { isBuiltni } from "node:module";')).traceback).toContain("isBuiltin");
});

test("an unknown key of a call's options comes with what was meant", async () => {
  await run("function plot(options: { width: number; colour?: string }) {}");
  expect((await run("plot({ widht: 2 })")).evalue).toContain("Did you mean to write 'width'?");
  expect((await run('plot({ width: 1, shade: "red" })')).traceback).toContain("It may have: colour");
});

test("each of several errors has its line and mark, and the many are counted", async () => {
  const wrong = Array.from({ length: 11 }, (_, index) => `const wrong${index}: number = "a";`).join("\n");
  const { traceback, cell } = await run(wrong);
  expect(traceback).toContain(`${cell}, line 8: Type 'string' is not assignable to type 'number'. (TS2322)`);
  expect(traceback).not.toContain("line 9");
  expect(traceback).toMatch(/\n\n… and 3 more errors$/);
});

test("long types and long lines are cut around what matters", async () => {
  const fields = Array.from({ length: 40 }, (_, index) => `field${index}: number`).join("; ");
  const { traceback } = await run(`const big: { ${fields} } = 3;`);
  const lines = traceback.split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(200);
  expect(lines[1]).toMatch(/^ {2}1 \| const big: \{ field0/);
});

test("an error in an imported file is shown in that file's line", async () => {
  writeFileSync(
    join(kernel.folder, "wrong.ts"),
    "export const a: { b: { c: number } } =\n  { b: { c: [1] } };\n",
  );
  expect((await run('import { a } from "./wrong";')).traceback.split("\n")).toEqual([
    "wrong.ts, line 2: Type 'number[]' is not assignable to type 'number'. (TS2322)",
    "  2 |   { b: { c: [1] } };",
    "    |          ^",
  ]);
  writeFileSync(
    join(kernel.folder, "shape.ts"),
    "interface Box { a: { b: { c: number } } }\nconst from = { a: { b: { c: [1] } } };\nexport const box: Box = from;\n",
  );
  const { traceback } = await run('// one\n// two\n// three\nimport { box } from "./shape";');
  expect(traceback).toMatch(/^shape\.ts, line 3: .*\n {2}The types of 'a\.b\.c' are incompatible/);
  expect(traceback).toContain("  3 | export const box: Box = from;");
  writeFileSync(
    join(kernel.folder, "fails.ts"),
    "type N = number;\n\nexport function fail(n: N): N {\n  throw new Error('here');\n}\n",
  );
  const failed = await run('import { fail } from "./fails";\nfail(1);');
  expect(failed.traceback.split("\n")).toEqual([
    "fails.ts, line 4",
    "  3 | export function fail(n: N): N {",
    "  4 |   throw new Error('here');",
    "    |         ^",
    "  5 | }",
    "",
    "Error: here",
    "    at fail (fails.ts, line 4)",
    `    at ${failed.cell}, line 2`,
  ]);
});

test("a syntax error is marked where it is", async () => {
  const { traceback, cell } = await run("const a = 1;\nconst b = (2;");
  expect(traceback).toBe(`${cell}, line 2: ')' expected. (TS1005)\n  2 | const b = (2;\n    |             ^`);
});

test("a name that a failed cell would have declared names that cell, until it has run", async () => {
  const { cell } = await run(
    'import { sep } from "node:path";\nif (sep) throw new Error("no");\nconst [gains] = [[2]];',
  );
  expect((await run("gains.length")).traceback).toContain(
    `${cell} declares it, but it failed: mend that cell and run it again first`,
  );
  await run("const gains = [2];");
  expect((await run("gains.length")).status).toBe("ok");
});

test("a name that a refused cell declares names that cell, until one has run; its imports are made", async () => {
  const { cell } = await run(
    'import { square } from "bioengine";\nconst stains = [2];\nfunction area() {}\nconst wrong: string = 3;',
  );
  for (const name of ["stains", "area"]) {
    const { traceback } = await run(`${name}.length`);
    expect(traceback).toContain(`${cell} declares it, but it failed: mend that cell and run it again first`);
  }
  expect(resultOf((await run("square(3).size")).exchange)).toEqual({ "text/plain": "9" });
  await run("const stains = [2];");
  expect((await run("stains.length")).status).toBe("ok");
});

test("imports of a refused cell that are wrong themselves are not made, nor are a module's or a failing file's", async () => {
  await run('import { dilation, dilate } from "bioengine";\nconst wrong: string = 3;');
  expect((await run("dilation")).traceback).toContain("Import it first: import { dilation }");
  await run('/** @module halves */\nimport { erosion } from "bioengine";\nexport const wrong: string = 3;');
  expect((await run("erosion")).traceback).toContain("Import it first: import { erosion }");
  await run('/** @module fails */\nexport const opened = 1; throw new Error("no file");');
  const { ename, cell } = await run('import { opened } from "./fails";\nconst wrong: string = 3;');
  expect(ename).toBe("TypeScriptError");
  expect((await run("opened")).traceback).toContain(`${cell} declares it, but it failed`);
});
