import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningKernel, startKernel } from "./kernelprocess";

let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel();
}, 60_000);
afterAll(() => kernel.stop());

const run = async (code: string) => expect((await kernel.client.execute(code)).reply.status).toBe("ok");

/** Complete at the `¦` of a text; the cell as it would be with the first match in place. */
async function complete(text: string) {
  const [before = "", after = ""] = text.split("¦");
  const code = before + after;
  const { reply } = await kernel.client.request("complete_request", { code, cursor_pos: [...before].length });
  const { matches, cursor_start, cursor_end, metadata } = reply;
  const characters = [...code];
  const filled = [...characters.slice(0, cursor_start), matches[0], ...characters.slice(cursor_end)].join("");
  const about = (name: string) =>
    metadata._jupyter_types_experimental.find((match: { text: string }) => match.text === name);
  return { matches: matches as string[], filled, about };
}

test("members of earlier cells' values complete, also awaited ones, with their types", async () => {
  await run(
    "interface Found { area: number; areaBox: number; label(): string }\nasync function load(): Promise<Found> { return { area: 1, areaBox: 2, label: () => 'x' }; }\nconst found = await load();",
  );
  const { matches, about } = await complete("found.ar¦");
  expect(matches).toEqual(["area", "areaBox"]);
  expect(about("area")).toMatchObject({ type: "property", signature: "number" });
  expect((await complete("found.¦")).about("label")).toMatchObject({
    type: "method",
    signature: "(): string",
  });
  expect((await complete("(await load()).la¦")).matches).toEqual(["label"]);
  expect((await complete("const later = await load();\nlater.ar¦;\nlater.area")).matches[0]).toBe("area");
});

test("a word is replaced as a whole, counted in code points", async () => {
  await run("const measured = { area: 1 };");
  expect((await complete('const cell = "🔬🔬"; measured.ar¦ + 1')).filled).toBe(
    'const cell = "🔬🔬"; measured.area + 1',
  );
  expect((await complete("meas¦ur")).filled).toBe("measured");
  expect((await complete("measured.¦\nfoo()")).filled).toBe("measured.area\nfoo()");
  expect((await complete("const größe = 1; grö¦")).filled).toBe("const größe = 1; größe");
});

test("names complete in a cell that is half written", async () => {
  expect((await complete("const x = (1 + ;\nmeasured.ar¦\nfoo(")).matches).toEqual(["area"]);
  expect((await complete("if (true) {\n  for (const a of [1]) {\n    measured.¦")).matches).toEqual(["area"]);
  expect((await complete("const later = await lo¦")).matches[0]).toBe("load");
});

test("a notebook's own names come before the global ones, and deprecated ones last", async () => {
  await run(
    "const bufferOfMine = 1;\nclass Box {\n  /** @deprecated use size */\n  aaa = 1;\n  size = 2;\n  zoom = 3;\n}\nconst box = new Box();",
  );
  const { matches } = await complete("buff¦");
  expect(matches[0]).toBe("bufferOfMine");
  expect(matches).toContain("Buffer");
  expect((await complete("box.¦")).matches).toEqual(["size", "zoom", "aaa"]);
  // Of TypeScript's own libraries, whose doc comments are read when they are asked for.
  expect((await complete('"text".sub¦')).matches).toEqual(["substring", "sub", "substr"]);
});

test("an object's keys complete with their types where the function says which", async () => {
  await run(
    'interface Options { inputs: number[]; modelName: "cellpose" | "stardist"; serverUrl?: string }\nasync function go(options: Options) {}',
  );
  const keys = await complete("await go({\n  inputs: [1],\n  ¦\n});");
  expect(keys.matches).toEqual(["modelName", "serverUrl"]);
  expect(keys.about("modelName")).toMatchObject({ type: "property", signature: '"cellpose" | "stardist"' });
  expect((await complete("go({ inp¦")).filled).toBe("go({ inputs");
  expect((await complete('go({ modelName: "¦" })')).matches).toEqual(["cellpose", "stardist"]);
  expect((await complete('go({ modelName: "star¦')).filled).toBe('go({ modelName: "stardist');
});

test("imports complete built-in modules, packages, what they export, and the notebook's files", async () => {
  const own = join(kernel.folder, "node_modules/modern");
  mkdirSync(join(own, "lib"), { recursive: true });
  const manifest = {
    name: "modern",
    version: "1.0.0",
    exports: { ".": "./lib/index.js", "./deep": { types: "./deep.d.ts" }, "./part/*": "./lib/*.js" },
  };
  writeFileSync(join(own, "package.json"), JSON.stringify(manifest));
  for (const name of ["index", "red"]) writeFileSync(join(own, "lib", `${name}.js`), "");
  mkdirSync(join(kernel.folder, "tools"));
  for (const name of ["filter.ts", "table.json", "tools/gain.ts"])
    writeFileSync(join(kernel.folder, name), "");

  expect((await complete('import { join } from "node:pa¦"')).matches).toEqual([
    "node:path",
    "node:path/posix",
    "node:path/win32",
  ]);
  expect((await complete('import x from "moder¦')).matches).toEqual(["modern"]);
  expect((await complete('import x from "modern/¦"')).matches).toEqual([
    "modern/deep",
    "modern/part/index",
    "modern/part/red",
  ]);
  expect((await complete('import x from "./fil¦"')).filled).toBe('import x from "./filter"');
  expect((await complete('import x from "./t¦"')).matches).toEqual(["./table.json", "./tools/"]);
  expect((await complete('const y = await import("./tools/¦')).matches).toEqual(["./tools/gain"]);
  expect((await complete('import x from "bioen¦"')).filled).toBe('import x from "bioengine"');
  expect((await complete('import { readFileS¦ } from "node:fs"')).filled).toBe(
    'import { readFileSync } from "node:fs"',
  );
});

test("the notebook's files complete in a string, unless it has names of its own", async () => {
  mkdirSync(join(kernel.folder, "slides/deep"), { recursive: true });
  for (const name of ["one.tif", "one.ome.tif", ".hidden"])
    writeFileSync(join(kernel.folder, "slides", name), "");
  expect((await complete('await imread("sli¦")')).filled).toBe('await imread("slides/")');
  const { matches, filled, about } = await complete('await imread("slides/¦two.tif", 3)');
  expect(matches).toEqual(["slides/deep/", "slides/one.ome.tif", "slides/one.tif"]);
  expect(filled).toBe('await imread("slides/deep/", 3)');
  expect(about("slides/one.tif")).toMatchObject({ type: "file" });
  expect((await complete("await imread('slides/one.o¦")).filled).toBe("await imread('slides/one.ome.tif");
  expect((await complete("`./slides/d¦`")).filled).toBe("`./slides/deep/`");
  for (const text of ["slid¦", '"slides/"¦', '¦"slides/"'])
    expect((await complete(text)).matches.filter((name) => name.includes("/"))).toEqual([]);
  await run("function paint(colour: 'red' | 'slides') {}");
  expect((await complete('paint("sl¦")')).matches).toEqual(["slides"]);
});

test("bioengine's names and options complete", async () => {
  expect((await complete('import { exec¦ } from "bioengine"')).about("execute")).toMatchObject({
    type: "function",
    signature: expect.stringContaining("Promise<"),
  });
  await run('import { execute, zeros } from "bioengine"; const image = zeros([2, 3]);');
  expect((await complete("const results = await execute({ inp¦")).filled).toBe(
    "const results = await execute({ inputs",
  );
  expect((await complete("execute({ ¦ })")).matches).toEqual(
    expect.arrayContaining(["inputs", "modelName", "serverUrl"]),
  );
  expect((await complete("image.sha¦")).matches[0]).toBe("shape");
  expect((await complete('execute({ inputs: [image], modelName: "¦" })')).matches).toEqual([
    "cellpose-python",
    "stardist",
  ]);
});

test("nothing completes in a comment", async () => {
  expect((await complete("// measured.ar¦")).matches).toEqual([]);
});
