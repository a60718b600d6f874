import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { resultOf, textOf, tracebackOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

// What a user reads after a cell failed: its lines, and no lines of libraries that nobody can mend.

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

test("a member that isn't there at run time comes with the one that was meant", async () => {
  await run("const store: any = { area: () => 1, deep: { label() {} } };\nconst map: any = new Map();");
  const { traceback, evalue } = await run("store.aera()");
  expect(evalue).toBe("store.aera is not a function");
  expect(traceback).toContain("  1 | store.aera()\n    |       ^");
  expect(traceback).toContain("Did you mean store.area?");
  expect((await run("store.deep.labl()")).traceback).toContain("Did you mean store.deep.label?");
  expect((await run("map.gett(1)")).traceback).toContain("Did you mean map.get?");
  expect((await run("store.nothingLikeIt()")).traceback).not.toContain("Did you mean");
  expect((await run('eval("stroe")')).traceback).toContain("Did you mean store?");
  expect((await run('eval("imread")')).traceback).toContain('import { imread } from "bioengine";');
});

test("an error that says what to do shows the lines of cells alone", async () => {
  const { traceback, cell } = await run(
    'import { regionprops } from "bioengine";\n\nfunction measure() {\n  return regionprops(3 as any);\n}\nmeasure();',
  );
  expect(traceback.split("\n")).toEqual([
    `${cell}, line 4`,
    "  3 | function measure() {",
    "  4 |   return regionprops(3 as any);",
    "    |                     ^",
    "  5 | }",
    "",
    "TypeError: Cannot measure regions: an NdArray is needed, got Number; use ndarray(data, [height, width])",
    `    at measure (${cell}, line 4)`,
    `    at ${cell}, line 6`,
  ]);
  const inRow = await run(
    'import { Table } from "bioengine";\nnew Table({ a: [1] }).filter((row) => row.b > 3);',
  );
  expect(inRow.traceback.split("\n").at(-1)).toMatch(/^RangeError: Cannot read a row: /);
  const missing = await run('import { imread } from "bioengine";\nawait imread("none.tif");');
  expect(missing.traceback.split("\n")).toEqual([
    `${missing.cell}, line 2`,
    '  1 | import { imread } from "bioengine";',
    '  2 | await imread("none.tif");',
    "    | ^",
    "",
    `ImageFileError: Cannot read none.tif: there is no such file; current folder: ${kernel.folder}`,
  ]);
});

test("%tb shows the last error in full, and so does an error that is caught", async () => {
  await run('import { imread } from "bioengine";\nawait imread("none.tif");');
  const full = textOf((await run("%tb")).exchange, "stdout");
  expect(full).toMatch(/^ImageFileError: Cannot read none\.tif/);
  expect(full).toMatch(/imageio.*imread\.js:\d+:\d+/);
  expect(full).toContain("[cause]: Error: ENOENT: no such file or directory, open 'none.tif'");
  const caught = await run('try { await imread("none.tif"); } catch (error) { console.log(error.stack); }');
  expect(textOf(caught.exchange, "stdout")).toMatch(/imageio.*imread\.js:\d+:\d+/);
});

test("an error of a cell's function that a library calls, and one of Node.js, show no lines of theirs", async () => {
  const { traceback, cell } = await run(
    'import { Table } from "bioengine";\nnew Table({ a: [1] }).filter(() => {\n  throw new Error("odd");\n});',
  );
  expect(traceback.split("\n").slice(-3)).toEqual([
    "Error: odd",
    `    at ${cell}, line 3`,
    `    at ${cell}, line 2`,
  ]);
  const read = await run('import { readFileSync } from "node:fs";\nreadFileSync("none.txt");');
  expect(read.traceback).toContain(
    `Error: ENOENT: no such file or directory, open 'none.txt'\n    at ${read.cell}, line 2 {`,
  );
});

test("a library's error shows the cell's line first and folds the library's frames", async () => {
  mkdirSync(join(kernel.folder, "node_modules/deep"), { recursive: true });
  writeFileSync(join(kernel.folder, "node_modules/deep/package.json"), '{"name":"deep","version":"1.0.0"}');
  writeFileSync(
    join(kernel.folder, "node_modules/deep/index.js"),
    'const a = () => { throw new Error("deep"); };\nconst b = () => a();\nconst c = () => b();\nexports.dive = () => c();\n',
  );
  const code = 'const { dive } = require("deep");\n\nfunction measure() {\n  return dive();\n}\nmeasure();';
  const { traceback, cell } = await run(code);
  expect(traceback).toMatch(new RegExp(`^${cell.replace(/[[\]]/g, "\\$&")}, line 4\n`));
  expect(traceback).toContain("  4 |   return dive();");
  expect(traceback).toMatch(/\n {4}at a \(.*index\.js:1:\d+\)\n {4}… 3 more in deep\n {4}at measure \(/);
  // What bioengine fails at and doesn't know is a bug, whose place is worth reporting.
  const bug = await run(
    'import { regionprops } from "bioengine";\nregionprops({ dtype: "int32", shape: [2, 2], ndim: 2 } as any);',
  );
  expect(bug.traceback).toMatch(/\n {4}at .*measure.*\n {4}… \d+ more in @bioengine\/measure\n/);
  const awaited = await run(
    'import { execute } from "bioengine";\nawait execute({ inputs: [], modelName: "m", serverUrl: "http://127.0.0.1:9", retries: 0 });',
  );
  expect(awaited.ename).toBe("ConnectionError");
  expect(awaited.traceback).toContain(`${awaited.cell}, line 2\n`);
});

test("the errors that an error is made of are shown with their lines", async () => {
  const { traceback, evalue, cell } = await run(
    'const first = new Error("one");\nconst second = new TypeError("two", { cause: first });\nthrow new AggregateError([first, second]);',
  );
  expect(evalue).toBe("2 errors: one; two");
  expect(traceback).toContain(`    Error: one\n        at ${cell}, line 1,\n`);
  expect(traceback).toContain(`    TypeError: two\n        at ${cell}, line 2 {`);
  expect(traceback).toContain("[cause]: Error: one");
  expect(traceback).not.toContain("node:internal");
});

test("what is thrown and is no error is shown", async () => {
  expect((await run('throw "text";')).traceback).toContain("Thrown: 'text'");
  expect(await run("throw { code: 3 };")).toMatchObject({ ename: "object", evalue: "{ code: 3 }" });
  expect((await run("throw undefined;")).evalue).toBe("undefined");
});

test("an error of another realm is one as well", async () => {
  const { ename, evalue, traceback, cell } = await run(
    'import { runInNewContext } from "node:vm";\nrunInNewContext("throw new RangeError(\'other\')");',
  );
  expect([ename, evalue]).toEqual(["RangeError", "other"]);
  expect(traceback).toContain(`${cell}, line 2\n`);
});

test("what fails after its cell has ended names that cell", async () => {
  const { cell } = await run(
    'let goOn = () => {};\nconst late = async () => {\n  await new Promise<void>((resolve) => (goOn = resolve));\n  throw new Error("late");\n};\nvoid late();\n1',
  );
  const start = kernel.client.received.length;
  await run("goOn()");
  const { content } = await kernel.client.next(
    ({ type, content: { name } }) => type === "stream" && name === "stderr",
    start,
  );
  expect(content.text).toContain(`${cell}, line 4\n`);
  expect(content.text).toContain("Error: late");
});

test("an error that a cell prints or ends with names the cell's lines", async () => {
  const { exchange, cell } = await run(
    "interface Shape {\n  x: number;\n}\ntry {\n  null!;\n  (undefined as any).x;\n} catch (error) {\n  console.error(error);\n}\nnew Error('last')",
  );
  expect(textOf(exchange, "stderr").split("\n").slice(0, 2)).toEqual([
    "TypeError: Cannot read properties of undefined (reading 'x')",
    `    at ${cell}:6:22`,
  ]);
  expect(textOf(exchange, "stderr")).not.toContain("kernel-ext");
  expect(resultOf(exchange)["text/plain"]).toBe(`Error: last\n    at ${cell}:10:1`);
});

test("what throws when it is looked at ends nothing", async () => {
  const code =
    'const odd = new Error("odd");\nObject.defineProperty(odd, "message", { get() { throw new Error("getter"); } });\nthrow odd;';
  expect((await run(code)).traceback).toContain("cannot be shown");
  expect((await run("throw { get [Symbol.toStringTag]() { throw 1; } };")).status).toBe("error");
  expect((await run("1")).status).toBe("ok");
});

test("a function that calls itself without end is shown once", async () => {
  const { traceback, cell } = await run("function again() {\n  again();\n}\nagain();");
  expect(traceback).toMatch(/\n {4}at again \(.*\)\n {4}… \d+ more like this/);
  expect(traceback).toContain(`${cell}, line 2`);
  expect(traceback.split("\n").length).toBeLessThan(15);
});

test("a cell that is a module has its own lines", async () => {
  expect(
    (await run('/** @module shapes */\nexport const side: number = "a";')).traceback.split("\n"),
  ).toEqual([
    "shapes.ts, line 2: Type 'string' is not assignable to type 'number'. (TS2322)",
    '  2 | export const side: number = "a";',
    "    |              ^^^^",
  ]);
  await run('/** @module shapes */\nexport function fail(): void {\n  throw new Error("in it");\n}');
  const { traceback } = await run('import { fail } from "./shapes";\nfail();');
  expect(traceback).toContain('  3 |   throw new Error("in it");\n    |         ^');
  expect(traceback).toContain("    at fail (shapes.ts, line 3)");
});
