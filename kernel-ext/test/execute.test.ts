import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { executeContent, type Received, resultOf, textOf, tracebackOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
}, 60_000);
afterAll(() => kernel.stop());

const execute: RunningKernel["client"]["execute"] = (...parts) => kernel.client.execute(...parts);
const states = (message: Received) => message.content.execution_state ?? message.type;

test("a cell's messages come in the protocol's order, between busy and idle", async () => {
  const { reply, messages } = await execute('console.log("text"); 6 * 7');
  expect(messages.map(states)).toEqual(["busy", "execute_input", "stream", "execute_result", "idle"]);
  expect(messages[1]?.content.code).toBe('console.log("text"); 6 * 7');
  expect(reply).toMatchObject({ status: "ok", user_expressions: {}, payload: [] });
  expect(messages[3]?.content).toEqual({
    execution_count: reply.execution_count,
    data: { "text/plain": "42" },
    metadata: {},
  });
});

test("the last value is shown by its bundle, also an asynchronous one", async () => {
  const cell = `({
    async [Symbol.for("Jupyter.display")]() {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return { "text/plain": "a mask", "image/png": new Uint8Array([1, 2, 3]), "application/vnd.x+json": { a: [1] } };
    },
  })`;
  expect(resultOf(await execute(cell))).toEqual({
    "text/plain": "a mask",
    "image/png": "AQID",
    "application/vnd.x+json": { a: [1] },
  });
});

test("a value without a bundle is inspected without colours, and undefined is not shown", async () => {
  expect(resultOf(await execute('({ a: 1, b: ["x"] })'))).toEqual({ "text/plain": "{ a: 1, b: [ 'x' ] }" });
  expect(resultOf(await execute("null"))).toEqual({ "text/plain": "null" });
  expect(resultOf(await execute("undefined"))).toBeUndefined();
  expect(textOf(await execute("console.log({ a: 1 })"))).toBe("{ a: 1 }\n");
});

test("a bundle that is no object fails the cell with what was wrong", async () => {
  const { reply } = await execute('({ [Symbol.for("Jupyter.display")]: () => "text" })');
  expect(reply).toMatchObject({ status: "error", ename: "TypeError" });
  expect(reply.evalue).toContain("MIME type");
});

test("50,000 lines arrive whole, in order, in few messages", async () => {
  const exchange = await execute('for (let i = 0; i < 50000; i++) console.log("line " + i);');
  const lines = textOf(exchange).split("\n");
  expect(lines.length).toBe(50_001);
  expect(lines.findIndex((line, index) => index < 50_000 && line !== `line ${index}`)).toBe(-1);
  expect(exchange.outputs.length).toBeLessThan(1000);
});

test("stdout and stderr keep their order, and characters that are cut between writes are whole", async () => {
  const { outputs } = await execute(`console.log("1"); console.error("2"); console.log("3");
    const euro = Buffer.from("€"); process.stdout.write(euro.subarray(0, 1)); process.stdout.write(euro.subarray(1));`);
  const texts = outputs
    .filter(({ type }) => type === "stream")
    .map(({ content }) => [content.name, content.text]);
  expect(texts).toEqual([
    ["stdout", "1\n"],
    ["stderr", "2\n"],
    ["stdout", "3\n€"],
  ]);
});

test("a type error shows its line with a mark, and the cell doesn't run", async () => {
  const exchange = await execute('console.log("ran");\nconst width: number = "wide";');
  expect(exchange.reply).toMatchObject({ status: "error", ename: "TypeScriptError" });
  expect(textOf(exchange)).toBe("");
  const count = exchange.reply.execution_count;
  expect(tracebackOf(exchange).split("\n")).toEqual([
    `Cell [${count}], line 2: Type 'string' is not assignable to type 'number'. (TS2322)`,
    '  2 | const width: number = "wide";',
    "    |       ^^^^^",
  ]);
});

test("a package that isn't there comes with the command that installs it", async () => {
  expect(tracebackOf(await execute('import x from "@no/such/thing";'))).toMatch(/%install @no\/such$/);
});

test("a traceback has the cells' own lines and none of the kernel's", async () => {
  const first = await execute(
    "interface Shape {\n  x: number;\n}\n\nfunction far(shape: Shape) {\n  throw new RangeError('too far: ' + shape.x);\n}",
  );
  const second = await execute("// a comment\nasync function go() {\n  far({ x: 2 });\n}\nawait go();");
  const [a, b] = [first.reply.execution_count, second.reply.execution_count];
  expect(second.reply).toMatchObject({ ename: "RangeError", evalue: "too far: 2" });
  expect(tracebackOf(second).split("\n")).toEqual([
    `Cell [${a}], line 6`,
    "  5 | function far(shape: Shape) {",
    "  6 |   throw new RangeError('too far: ' + shape.x);",
    "    |         ^",
    "  7 | }",
    "",
    "RangeError: too far: 2",
    `    at far (Cell [${a}], line 6)`,
    `    at go (Cell [${b}], line 3)`,
    `    at Cell [${b}], line 5`,
  ]);
});

test("an error keeps its cause and its properties; other thrown values are shown", async () => {
  const traceback = tracebackOf(
    await execute(
      'throw Object.assign(new Error("outer", { cause: new TypeError("inner") }), { code: "E1" });',
    ),
  );
  expect(traceback).toContain("code: 'E1'");
  expect(traceback).toContain("[cause]: TypeError: inner");
  expect((await execute('throw "a text";')).reply).toMatchObject({ ename: "string", evalue: "'a text'" });
});

test("an error outside of a cell's own run is written and ends nothing", async () => {
  const exchange = await execute(
    'setTimeout(() => { throw new Error("late"); }, 1); await new Promise((resolve) => setTimeout(resolve, 50)); 1',
  );
  expect(textOf(exchange, "stderr")).toContain("Error: late");
  expect(resultOf(exchange)).toEqual({ "text/plain": "1" });
});

test("the short form of a property takes a variable of an earlier cell", async () => {
  await execute(
    "let picture = { x: 1 }; let height = 2; const sum = (p: any) => p.picture.x + p.height + p.own;",
  );
  expect(resultOf(await execute("const own = 3; sum({ picture, height, own })"))).toEqual({
    "text/plain": "6",
  });
  expect(resultOf(await execute("({ height = 5 } = { height: 7 }); height"))).toEqual({ "text/plain": "7" });
});

test("variables of other cells are as fast as any", async () => {
  await execute("let total = 0; const numbers = new Float64Array(1000).fill(1);");
  const cell = "for (let i = 0; i < 2_000_000; i++) total += numbers[i % 1000]; total";
  expect(resultOf(await execute(cell, {}, 3000))).toEqual({ "text/plain": "2000000" });
});

test("a cell may be copied from a module: export is no error", async () => {
  await execute("export const exported = 4;\nexport function twice(n: number) { return 2 * n; }");
  expect(resultOf(await execute("twice(exported)"))).toEqual({ "text/plain": "8" });
});

test("an imported name may be imported and declared again", async () => {
  await execute('import { join } from "node:path"; import * as os from "node:os"; import fs from "node:fs";');
  await execute('import { join } from "node:path"; import fs from "node:fs";');
  expect(resultOf(await execute("const join = 3; typeof fs.statSync + typeof os.cpus + join"))).toEqual({
    "text/plain": "'functionfunction3'",
  });
});

test("Node's types are there in an empty folder", async () => {
  const { reply } = await execute(
    'const t = setTimeout(() => {}, 1); clearTimeout(t); typeof fetch + typeof console.log; Buffer.from("a"); const u = new URL("http://a"); process.cwd()',
  );
  expect(reply.status).toBe("ok");
});

test("packages come from the notebook's folder, then from the kernel's installation", async () => {
  const own = join(kernel.folder, "node_modules/modern");
  mkdirSync(own, { recursive: true });
  const manifest = {
    name: "modern",
    version: "1.0.0",
    exports: { "./deep": { types: "./deep.d.ts", default: "./deep.js" } },
  };
  writeFileSync(join(own, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(own, "deep.d.ts"), "export declare const answer: number;");
  writeFileSync(join(own, "deep.js"), "exports.answer = 42;");
  expect(resultOf(await execute('import { answer } from "modern/deep"; answer'))).toEqual({
    "text/plain": "42",
  });
  const { reply } = await execute('import { Router } from "zeromq"; Router.name');
  expect(reply.status).toBe("ok");
});

test("a notebook's own TypeScript file is imported, and anew after a change", async () => {
  writeFileSync(
    join(kernel.folder, "filter.ts"),
    "type N = number;\nexport const gain: N = 2;\nexport function bad(): N {\n  throw new Error('here');\n}\n",
  );
  expect(resultOf(await execute('import { gain, bad } from "./filter"; gain'))).toEqual({
    "text/plain": "2",
  });
  expect(tracebackOf(await execute("bad()"))).toMatch(/at bad \(filter\.ts, line 4\)/);
});

test("displays and their updates go through the tslab of any library", async () => {
  const { outputs } = await execute(`import * as tslab from "tslab";
    tslab.display.html("<b>x</b>");
    const one = tslab.newDisplay(); one.text("1"); one.text("2");`);
  const [html, first, second] = outputs.filter(({ type }) => type.endsWith("display_data"));
  expect(html?.content.data).toEqual({ "text/html": "<b>x</b>" });
  expect([first?.type, second?.type]).toEqual(["display_data", "update_display_data"]);
  expect(second?.content.data).toEqual({ "text/plain": "2" });
  expect(second?.content.transient.display_id).toBe(first?.content.transient.display_id);
});

test("a silent cell publishes nothing of itself and has no number", async () => {
  const before = await execute("1");
  const silent = await execute("2", { silent: true });
  expect(silent.outputs).toEqual([]);
  expect(silent.reply.status).toBe("ok");
  const unstored = await execute("3", { store_history: false });
  expect(resultOf(unstored)).toEqual({ "text/plain": "3" });
  const after = await execute("4");
  expect(after.reply.execution_count).toBe(before.reply.execution_count + 1);
});

test("user expressions are answered one by one", async () => {
  const { reply } = await execute("const side = 3;", {
    user_expressions: { good: "side * 2", bad: "nowhere" },
  });
  expect(reply.user_expressions.good).toEqual({ status: "ok", data: { "text/plain": "6" }, metadata: {} });
  expect(reply.user_expressions.bad).toMatchObject({ status: "error", ename: "TypeScriptError" });
});

test("a user expression whose bundle is no JSON, and an error with a name that is no text, are answered", async () => {
  const bundle = (content: string) => `({ [Symbol.for("Jupyter.display")]: () => ({ "a/b": ${content} }) })`;
  const { reply } = await execute("1", {
    user_expressions: { whole: bundle("1n"), code: bundle("() => 1"), good: "2" },
  });
  expect(reply.user_expressions.whole).toMatchObject({ status: "error", ename: "TypeError" });
  expect(reply.user_expressions.code).toMatchObject({ status: "ok", data: {} });
  expect(reply.user_expressions.good.status).toBe("ok");
  const failed = await execute('throw Object.assign(new Error("odd"), { name: () => 1 });');
  expect(failed.reply).toMatchObject({ status: "error", ename: "() => 1" });
  expect((await execute("3")).reply.status).toBe("ok");
});

test("cells that wait behind an error are aborted, unless it isn't to stop them", async () => {
  const { client } = kernel;
  const replies = async (stop: boolean) => {
    const start = client.received.length;
    await client.send("execute_request", executeContent('throw new Error("no")', { stop_on_error: stop }));
    const ids = [
      await client.send("execute_request", executeContent("1")),
      await client.send("execute_request", executeContent("2")),
    ];
    const mine = () =>
      client.received
        .slice(start)
        .filter(({ type, parent }) => type === "execute_reply" && ids.includes(parent.msg_id));
    await client.until(() => mine().length === 2, 10_000);
    return mine().map(({ content }) => content.status);
  };
  expect(await replies(true)).toEqual(["aborted", "aborted"]);
  expect(await replies(false)).toEqual(["ok", "ok"]);
  expect((await execute("1")).reply.status).toBe("ok");
});

test("a failed redeclaration leaves the variable as it was", async () => {
  await execute("const labels = [1, 2];");
  await execute('throw new Error("before"); const labels = 5;');
  await execute('if (labels) throw new Error("before"); const other = 5;');
  expect(resultOf(await execute("labels.length"))).toEqual({ "text/plain": "2" });
});
