import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Exchange, type Json, resultOf, textOf, tracebackOf } from "./client";
import { type RunningKernel, startKernel } from "./kernelprocess";

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
}, 60_000);
afterAll(() => kernel.stop());

const execute = (code: string): Promise<Exchange> => kernel.client.execute(code);
const displaysOf = ({ outputs }: Exchange) => outputs.filter(({ type }) => type.endsWith("display_data"));
const bundlesOf = (exchange: Exchange): Json[] => displaysOf(exchange).map(({ content }) => content.data);

/** The smallest PNG: one transparent pixel. */
const png =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

test("each method of tslab's display shows its MIME type", async () => {
  const exchange = await execute(`import * as tslab from "tslab";
    const bytes = new Uint8Array([1, 2, 3]);
    tslab.display.javascript("1;"); tslab.display.html("<b>h</b>"); tslab.display.markdown("# m");
    tslab.display.latex("$l$"); tslab.display.svg("<svg/>"); tslab.display.png(bytes); tslab.display.jpeg(bytes);
    tslab.display.gif(bytes); tslab.display.pdf(bytes); tslab.display.text("t"); tslab.display.raw("text/x", "r");`);
  expect(bundlesOf(exchange)).toEqual([
    { "text/javascript": "1;" },
    { "text/html": "<b>h</b>" },
    { "text/markdown": "# m" },
    { "text/latex": "$l$" },
    { "image/svg+xml": "<svg/>" },
    { "image/png": "AQID" },
    { "image/jpeg": "AQID" },
    { "image/gif": "AQID" },
    { "application/pdf": "AQID" },
    { "text/plain": "t" },
    { "text/x": "r" },
  ]);
});

test("display() shows a value at once, and nothing twice", async () => {
  const exchange = await execute('console.log("1"); display({ a: 1 }); console.log("2"); display("last")');
  expect(exchange.outputs.map(({ type }) => type)).toEqual([
    "execute_input",
    "stream",
    "display_data",
    "stream",
    "display_data",
  ]);
  expect(bundlesOf(exchange)).toEqual([{ "text/plain": "{ a: 1 }" }, { "text/plain": "'last'" }]);
  expect(displaysOf(exchange)[0]?.content).toMatchObject({ metadata: {}, transient: {} });
});

test("display() waits for asynchronous contents, and so does the cell", async () => {
  const value =
    '({ [Symbol.for("Jupyter.display")]: async () => { await new Promise((r) => setTimeout(r, 20)); return { "text/plain": "slow" }; } })';
  const awaited = await execute(`await display(${value}); console.log("after");`);
  expect(awaited.outputs.map(({ type }) => type)).toEqual(["execute_input", "display_data", "stream"]);
  const last = await execute(`display(${value})`);
  expect(last.outputs.map(({ type }) => type)).toEqual(["execute_input", "display_data"]);
  expect(bundlesOf(last)).toEqual([{ "text/plain": "slow" }]);
});

test("a display with an id is updated, also from a later cell", async () => {
  const first = await execute(
    'display(jupyter.html`<i>0</i>`, { display_id: "bar", metadata: { "text/html": { isolated: true } } })',
  );
  const second = await execute(
    'display({ "text/html": "<i>1</i>" }, { raw: true, display_id: "bar", update: true })',
  );
  const [shown, updated] = [displaysOf(first)[0], displaysOf(second)[0]];
  expect([shown?.type, updated?.type]).toEqual(["display_data", "update_display_data"]);
  expect(shown?.content).toEqual({
    data: { "text/html": "<i>0</i>" },
    metadata: { "text/html": { isolated: true } },
    transient: { display_id: "bar" },
  });
  expect(updated?.content).toEqual({
    data: { "text/html": "<i>1</i>" },
    metadata: {},
    transient: { display_id: "bar" },
  });
  expect(tracebackOf(await execute("display(1, { update: true })"))).toContain("got no display_id");
  expect(tracebackOf(await execute("display(1, { raw: true })"))).toContain("got 1");
});

test("tags of templates make HTML, Markdown and SVG, as a cell's last line too", async () => {
  const exchange = await execute(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are the cell's
    "const { md, svg } = jupyter; const n = 2; display(md`# ${n}\\n${undefined}.`); display(svg`<svg>${n}</svg>`); jupyter.html`<b>${n}</b>`",
  );
  expect(bundlesOf(exchange)).toEqual([{ "text/markdown": "# 2\n." }, { "image/svg+xml": "<svg>2</svg>" }]);
  expect(resultOf(exchange)).toEqual({ "text/html": "<b>2</b>" });
});

test("clearOutput() and console.clear() clear the cell's output in order", async () => {
  const { outputs } = await execute(
    'console.log("old"); jupyter.clearOutput({ wait: true }); console.log("new"); console.clear();',
  );
  expect(outputs.slice(1).map(({ type, content }) => [type, content.text ?? content.wait])).toEqual([
    ["stream", "old\n"],
    ["clear_output", true],
    ["stream", "new\n"],
    ["clear_output", false],
  ]);
});

test("broadcast() publishes any message", async () => {
  const { outputs } = await execute(
    'jupyter.broadcast("custom", { a: [1] }, { metadata: { b: 2 }, buffers: [new Uint8Array([5])] })',
  );
  const message = outputs.find(({ type }) => type === "custom");
  expect([message?.content, message?.metadata, message?.buffers.map((b) => [...b])]).toEqual([
    { a: [1] },
    { b: 2 },
    [[5]],
  ]);
});

test("image files are shown by their bytes or their path, other bytes are inspected", async () => {
  writeFileSync(join(kernel.folder, "pixel.png"), Buffer.from(png, "base64"));
  const bytes = await execute('import { readFileSync } from "node:fs"; readFileSync("pixel.png")');
  expect(resultOf(bytes)["image/png"]).toBe(png);
  expect(resultOf(await execute('jupyter.image("pixel.png")'))).toEqual({ "image/png": png });
  expect(resultOf(await execute("new Uint8Array([0xff, 0xd8, 0xff, 0xe0])"))["image/jpeg"]).toBe("/9j/4A==");
  expect(resultOf(await execute("new Uint8Array([1, 2])"))).toEqual({
    "text/plain": "Uint8Array(2) [ 1, 2 ]",
  });
  expect(tracebackOf(await execute("jupyter.image(new Uint8Array(3))"))).toContain("got 3 other bytes");
});

test("bytes of a bundle are base64, or text where the type is", async () => {
  const exchange = await execute(`const utf8 = new TextEncoder().encode("<svg>µ</svg>");
    display({ "image/svg+xml": utf8, "application/pdf": utf8.buffer, "image/x": new Uint16Array([1]) }, { raw: true })`);
  expect(bundlesOf(exchange)).toEqual([
    { "image/svg+xml": "<svg>µ</svg>", "application/pdf": "PHN2Zz7CtTwvc3ZnPg==", "image/x": "AQA=" },
  ]);
});

test("a canvas of a real package is shown as PNG", async () => {
  const canvas = dirname(require.resolve("canvas/package.json"));
  mkdirSync(join(kernel.folder, "node_modules"), { recursive: true });
  symlinkSync(canvas, join(kernel.folder, "node_modules/canvas"));
  const exchange = await execute(`import { createCanvas } from "canvas";
    const drawing = createCanvas(3, 2); drawing.getContext("2d").fillRect(0, 0, 3, 2); drawing`);
  const { "image/png": data, "text/plain": text } = resultOf(exchange);
  const bytes = Buffer.from(data, "base64");
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([3, 2]);
  expect(text).toBe("<canvas, 3 × 2>");
  const other =
    "class Skia { width = 1; height = 1; getContext() {} async toBuffer() { return new Uint8Array([7]); } } new Skia()";
  expect(resultOf(await execute(other))["image/png"]).toBe("Bw==");
});

test("data frames of both kinds are shown as a table and as tabular data", async () => {
  const polars = await execute(`class Polars {
      schema = { label: "Int64", name: "Utf8" }; height = 120;
      head(n: number) { return { toRecords: () => Array.from({ length: n }, (_, i) => ({ label: BigInt(i), name: "<" + i })) }; }
      toRecords() { throw new Error("not all"); }
    }
    new Polars()`);
  const { "text/html": html, "application/vnd.dataresource+json": data } = resultOf(polars);
  expect(html).toMatch(
    /^<table><thead><tr><th>label<\/th><th>name<\/th><\/tr><\/thead><tbody><tr><td>0<\/td><td>&lt;0</,
  );
  expect(html.match(/<tr>/g)).toHaveLength(51);
  expect(html).toContain("120 × 2, the first 50 rows");
  expect(data.schema.fields).toEqual([
    { name: "label", type: "integer" },
    { name: "name", type: "string" },
  ]);
  expect(data.data[1]).toEqual({ label: 1, name: "<1" });

  const arquero = await execute(`class Arquero {
      columnNames() { return ["x", "when"]; } numRows() { return 1; }
      objects({ limit }: { limit: number }) { return [{ x: 0.5, when: new Date(0), ids: [7n] }].slice(0, limit); }
    }
    new Arquero()`);
  expect(resultOf(arquero)["text/html"]).toContain("<td>0.5</td><td>1970-01-01T00:00:00.000Z</td>");
  expect(resultOf(arquero)["text/plain"]).toMatch(
    /│ x +│ when +│[\s\S]*│ 0.5 │ 1970-01-01T00:00:00.000Z │[\s\S]*1 × 2$/,
  );
  const { schema, data: rows } = resultOf(arquero)["application/vnd.dataresource+json"];
  expect(schema.fields[0].type).toBe("number");
  expect(rows).toEqual([{ x: 0.5, when: "1970-01-01T00:00:00.000Z", ids: [7] }]);
});

test("elements are shown as what they are, and Vega's charts by their specification", async () => {
  const html = await execute('({ outerHTML: "<p>text</p>" })');
  expect(resultOf(html)).toEqual({ "text/plain": "<p>text</p>", "text/html": "<p>text</p>" });
  expect(resultOf(await execute('({ outerHTML: "<svg></svg>" })'))["image/svg+xml"]).toBe("<svg></svg>");
  const chart = await execute(
    '({ toSpec: () => ({ $schema: "https://vega.github.io/schema/vega-lite/v5.json", mark: "bar" }) })',
  );
  expect(resultOf(chart)["application/vnd.vegalite.v5+json"].mark).toBe("bar");
});

test("console.table shows a table, with Node's own as its text", async () => {
  const rows = [
    { area: 1.5, name: "a<b" },
    { area: 2, extra: [1] },
  ];
  const exchange = await execute(`console.log("before"); console.table(${JSON.stringify(rows)});`);
  expect(exchange.outputs.map(({ type }) => type)).toEqual(["execute_input", "stream", "display_data"]);
  const [bundle] = bundlesOf(exchange);
  expect(bundle["text/html"]).toBe(
    "<table><thead><tr><th>(index)</th><th>area</th><th>name</th><th>extra</th></tr></thead><tbody>" +
      "<tr><td>0</td><td>1.5</td><td>a&lt;b</td><td></td></tr>" +
      "<tr><td>1</td><td>2</td><td></td><td>[ 1 ]</td></tr></tbody></table>",
  );
  const plain = spawnSync(process.execPath, ["-e", `console.table(${JSON.stringify(rows)})`], {
    encoding: "utf8",
  });
  expect(bundle["text/plain"]).toBe(plain.stdout);

  const chosen = bundlesOf(await execute(`console.table(${JSON.stringify(rows)}, ["area"])`))[0];
  expect(chosen["text/html"]).not.toContain("name");
  const values = bundlesOf(await execute('console.table(new Map([["k", 5]]))'))[0];
  expect(values["text/html"]).toContain("<td>k</td><td>5</td>");
  const long = bundlesOf(await execute("console.table(Array.from({ length: 5000 }, (_, i) => [i]))"))[0];
  expect(long["text/html"]).toContain("4000 more rows are not shown");
  expect(long["text/plain"].length).toBeLessThan(60_000);
  expect(textOf(await execute('console.table("text")'))).toBe("text\n");
});

test("a promise as the last value is awaited: its value is shown, or its error", async () => {
  expect(resultOf(await execute("Promise.resolve(5)"))).toEqual({ "text/plain": "5" });
  expect((await execute('Promise.reject(new RangeError("late"))')).reply.ename).toBe("RangeError");
});

test("display() is typed, and a cell's own display hides it", async () => {
  expect((await execute('display(1, { id: "a" })')).reply.ename).toBe("TypeScriptError");
  const own = await execute('import { display } from "tslab"; display.text("own")');
  expect(bundlesOf(own)).toEqual([{ "text/plain": "own" }]);
  expect(bundlesOf(await execute("jupyter.display(3)"))).toEqual([{ "text/plain": "3" }]);
  await execute("const kept = jupyter.md`a`;");
  expect((await execute("const n: number = kept.bundle;")).reply.ename).toBe("TypeScriptError");
});

test("an asynchronous display that fails is not lost, and one that never ends holds up one cell at most", async () => {
  const display = (body: string) =>
    `jupyter.display({ [Symbol.for("Jupyter.display")]: async () => { ${body} } })`;
  const caught = await execute(`try { await ${display('throw new Error("mine")')} } catch { 5 }`);
  expect(textOf(caught, "stderr")).toBe("");
  const start = kernel.client.received.length;
  await execute(`${display('throw new RangeError("left alone")')}; 1`);
  await kernel.client.next(({ content }) => content.text?.includes("RangeError: left alone"), start);
  expect((await execute(display('throw new RangeError("last")'))).reply.ename).toBe("RangeError");
  const endless = execute(`${display("await new Promise(() => {});")}; 1`);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await kernel.client.send("interrupt_request", {}, "control");
  expect((await endless).reply.ename).toBe("KeyboardInterrupt");
  expect(resultOf(await execute("1"))).toEqual({ "text/plain": "1" });
});
