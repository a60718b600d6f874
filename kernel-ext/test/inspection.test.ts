import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningKernel, startKernel } from "./kernelprocess";

const cell = `/**
 * Adds two numbers.
 *
 * @param a the first, see {@link add}
 * @param b the second
 * @returns their sum
 * @throws {RangeError} if it is too large
 * @example
 * add(1, 2);
 */
function add(a: number, b: number): number {
  return a + b;
}

interface Options {
  /** Where the server is. */
  serverUrl?: string;
  /** What to run. */
  modelName: string;
}
declare function go(first: number, options: Options): void;
function pick(name: string): string;
function pick(index: number): number;
function pick(which: any): any {
  return which;
}`;

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
  expect((await kernel.client.execute(cell)).reply.status).toBe("ok");
}, 60_000);
afterAll(() => kernel.stop());

const run = async (code: string) => expect((await kernel.client.execute(code)).reply.status).toBe("ok");

/** What is said of the `¦` in a text. */
async function inspect(text: string, level = 0): Promise<{ plain: string; markdown: string }> {
  const [before = "", after = ""] = text.split("¦");
  const content = { code: before + after, cursor_pos: [...before].length, detail_level: level };
  const { found, data } = (await kernel.client.request("inspect_request", content)).reply;
  return found ? { plain: data["text/plain"], markdown: data["text/markdown"] } : { plain: "", markdown: "" };
}

test("a name is shown with its doc comment as Markdown", async () => {
  expect((await inspect("ad¦d(1, 2)")).markdown).toBe(
    [
      "```typescript\nfunction add(a: number, b: number): number\n```",
      "Adds two numbers.",
      "- `a` the first, see `add`\n- `b` the second",
      "**Returns** their sum",
      "**Throws** `RangeError` if it is too large",
      "```typescript\nadd(1, 2);\n```",
    ].join("\n\n"),
  );
  expect((await inspect('const s = "🔬"; add¦')).plain).toContain(
    "function add(a: number, b: number): number",
  );
});

test("inside a call's brackets the call is shown, its active argument first", async () => {
  const { plain } = await inspect("add(1, ¦)");
  expect(plain).toMatch(/^add\(a: number, b: number\): number\n\n▸ `b: number` the second\n/);
  expect((await inspect("const x = add(\n  ¦")).plain).toContain("▸ `a: number` the first");
  expect((await inspect("pick(¦")).plain).toContain(
    "pick(name: string): string\npick(index: number): number",
  );
});

test("an object's keys are shown with what they mean to the function", async () => {
  const { plain } = await inspect("go(1, { ¦ })");
  expect(plain).toContain("▸ `options: Options`");
  expect(plain).toContain("- `modelName: string` What to run.\n- `serverUrl?: string` Where the server is.");
  expect((await inspect('go(1, { server¦Url: "http://a", modelName: "x" })')).plain).toBe(
    "(property) serverUrl?: string\n\nWhere the server is.",
  );
});

test("what libraries declare is shown with its doc comment, inherited ones too", async () => {
  const { markdown } = await inspect('"text".padSt¦art(3)');
  expect(markdown).toContain("Pads the current string");
  expect(markdown).toContain("- `maxLength` The length of the resulting string");
  expect((await inspect("Math.ma¦x(1, 2)")).markdown).toContain("Returns the larger of a set");
  expect((await inspect('Buffer.from("a").¦toString(')).markdown).toContain("character encoding");
  expect((await inspect("new Map<string, number>().for¦Each(")).markdown).toContain("in insertion order");
  await run(
    "class Words extends Array<string> {\n  override push(...words: string[]) {\n    return super.push(...words);\n  }\n}",
  );
  expect((await inspect("new Words().pu¦sh()")).markdown).toContain("Appends new elements to the end");
  await run(
    "interface Base {\n  /** How many there are. */\n  count(): number;\n}\nclass Own implements Base {\n  count() {\n    return 1;\n  }\n}",
  );
  expect((await inspect("new Own().cou¦nt()")).markdown).toContain("How many there are.");
});

test("more detail is the source of a cell's definition", async () => {
  expect((await inspect("add¦", 0)).plain).not.toContain("return a + b");
  expect((await inspect("add¦", 1)).plain).toContain(cell.slice(0, cell.indexOf("\n\ninterface")));
  await kernel.client.execute("const [left, { right }] = [1, { right: 2 }];");
  expect((await inspect("rig¦ht + 1", 1)).plain).toContain("const [left, { right }] = [1, { right: 2 }];");
});

test("what bioengine exports is shown with its documentation", async () => {
  await kernel.client.execute('import { execute } from "bioengine";');
  const { markdown } = await inspect('await execute({ inputs: [], model¦Name: "cellpose-python" })');
  expect(markdown).toContain("modelName: string");
  expect((await inspect("exec¦ute")).markdown).toMatch(
    /^```typescript\nfunction execute\(options: [\s\S]*\n```\n\n[A-Z][\s\S]*- `options/,
  );
});

test("where there is no name and no call, nothing is shown", async () => {
  expect((await inspect("  ¦  ")).plain).toBe("");
  expect((await inspect("nowhere¦")).plain).not.toContain("function");
});
