import { mkdirSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { resultOf, textOf, tracebackOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
}, 60_000);
afterAll(() => kernel.stop());

const execute: RunningKernel["client"]["execute"] = (...parts) => kernel.client.execute(...parts);
const textResult = async (code: string) => {
  const exchange = await execute(code);
  return resultOf(exchange)?.["text/plain"] ?? tracebackOf(exchange);
};

/** Put a package into the notebook's folder. */
function install(name: string, manifest: object, files: Record<string, string>): void {
  const all = { "package.json": JSON.stringify({ name, version: "1.0.0", ...manifest }), ...files };
  for (const [path, text] of Object.entries(all)) {
    const file = join(kernel.folder, "node_modules", name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

test("an exports map is followed for types and for code: subpaths, patterns and conditions", async () => {
  install(
    "mapped",
    {
      exports: {
        ".": { types: "./types/main.d.ts", node: "./lib/node.js", default: "./lib/browser.js" },
        "./features/*": { types: "./types/*.d.ts", default: "./lib/*.js" },
      },
    },
    {
      "types/main.d.ts": "export declare const platform: string;",
      "types/blur.d.ts": "export declare function blur(radius: number): number;",
      "lib/node.js": 'exports.platform = "node";',
      "lib/browser.js": 'exports.platform = "browser";',
      "lib/blur.js": "exports.blur = (radius) => radius * 2;",
    },
  );
  expect(
    await textResult(
      'import { platform } from "mapped"; import { blur } from "mapped/features/blur"; platform + blur(2)',
    ),
  ).toBe("'node4'");
  expect(await textResult('blur("wide")')).toContain(
    "Argument of type 'string' is not assignable to parameter of type 'number'",
  );
  expect(await textResult('import hidden from "mapped/lib/node.js"; hidden')).toContain("Cannot find module");
});

test("a package with an import condition alone is typed and run, its default and its names", async () => {
  install(
    "modern",
    { type: "module", exports: { import: { types: "./index.d.ts", default: "./index.js" } } },
    {
      "index.d.ts": "export default function twice(n: number): number; export declare const unit: 'µm';",
      "index.js": "export default (n) => 2 * n; export const unit = 'µm';",
    },
  );
  expect(await textResult('import twice, { unit } from "modern"; twice(4) + unit')).toBe("'8µm'");
  expect(await textResult("const four: string = twice(2);")).toContain(
    "Type 'number' is not assignable to type 'string'",
  );
  expect(await textResult('import * as all from "modern"; [all.default(1), Object.keys(all).sort()]')).toBe(
    "[ 2, [ 'default', 'unit' ] ]",
  );
  expect(await textResult('const loaded = await import("modern"); loaded.default(3) + loaded.unit')).toBe(
    "'6µm'",
  );
});

test("an ES module that awaits at its top level is imported, also from a file of the notebook", async () => {
  install(
    "patient",
    { type: "module", main: "index.js", types: "index.d.ts" },
    {
      "index.d.ts": "export declare const ready: string;",
      "index.js":
        "globalThis.runs = (globalThis.runs ?? 0) + 1; export const ready = await Promise.resolve('ready');",
    },
  );
  writeFileSync(
    join(kernel.folder, "stage.ts"),
    'import { ready } from "patient";\nexport const state = ready + "!";\n',
  );
  expect(await textResult('import { state } from "./stage"; state')).toBe("'ready!'");
  expect(await textResult('import { ready } from "patient"; ready + (globalThis as any).runs')).toBe(
    "'ready1'",
  );
  expect(await textResult('const { ready: late } = await import("patient"); late')).toBe("'ready'");
});

test("a library of CommonJS and a cell share one copy of an ES module", async () => {
  install(
    "counter",
    { type: "module", main: "index.js", types: "index.d.ts" },
    {
      "index.d.ts": "export declare function next(): number;",
      "index.js": "let n = 0; export const next = () => ++n;",
    },
  );
  install(
    "wrapper",
    { main: "index.js", types: "index.d.ts" },
    {
      "index.d.ts": "export declare function next(): number;",
      "index.js": 'exports.next = () => require("counter").next();',
    },
  );
  expect(
    await textResult(
      'import * as a from "counter"; import * as b from "wrapper"; [a.next(), b.next(), a.next()]',
    ),
  ).toBe("[ 1, 2, 3 ]");
});

test("what a module throws while it loads is the cell's error", async () => {
  install(
    "broken",
    { type: "module", exports: { import: "./index.js" } },
    { "index.js": "export const a = 1; throw new RangeError('no licence');" },
  );
  const exchange = await execute('import { a } from "broken"; console.log("ran"); a');
  expect(exchange.reply).toMatchObject({ status: "error", ename: "RangeError", evalue: "no licence" });
  expect(textOf(exchange)).toBe("");
});

test("types that a package declares outside of its exports map are found", async () => {
  install(
    "mistyped",
    { main: "index.js", types: "index.d.ts", exports: { ".": "./index.js" } },
    { "index.d.ts": "export declare const width: number;", "index.js": "exports.width = 3;" },
  );
  expect(await textResult('import { width } from "mistyped"; width')).toBe("3");
  expect(await textResult("const wide: string = width;")).toContain("Type 'number' is not assignable");
});

test("the notebook's folder goes before the kernel's installation", async () => {
  install(
    "zeromq",
    { main: "index.js", types: "index.d.ts" },
    { "index.d.ts": "export declare const mine: boolean;", "index.js": "exports.mine = true;" },
  );
  expect(await textResult('import { mine } from "zeromq"; mine')).toBe("true");
});

test("every module of Node.js has its types, with and without node:", async () => {
  const names = builtinModules.filter((name) => !name.startsWith("_") && name !== "sys");
  const modules = [
    ...names,
    ...names.map((name) => `node:${name}`),
    "node:sea",
    "node:test",
    "node:test/reporters",
  ];
  // Where nothing declares a module, its type is an error, and any.
  const lines = modules.map(
    (name, index) =>
      `type T${index} = typeof import("${name}");\n// @ts-expect-error\nconst n${index}: string = {} as T${index};`,
  );
  expect((await execute(lines.join("\n"))).reply).toMatchObject({ status: "ok" });
});

test.each([
  ["Headers", "new Headers()"],
  ["FormData", "new FormData()"],
  ["Response", 'await fetch("http://x")'],
  ["Request", 'new Request("http://x")'],
  ["WebSocket", 'new WebSocket("ws://x")'],
])("what comes with fetch is typed: %s", async (type, value) => {
  const { reply } = await execute(`const wrong: number = ${value};`);
  expect(reply.evalue).toContain(`Type '${type}' is not assignable to type 'number'`);
});
