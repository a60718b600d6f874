import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { recipes } from "@bioengine/codex";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notebooks, python, root } from "../laboratory";
import { type Cell, codeCells, notebookOf, type Output } from "../notebooks/notebook";
import { finish, type Running, start } from "../program";
import { viewBlocks } from "./viewblocks";

const folder = join(root, "test/output/views");
const views = viewBlocks();
/** What asks for BioEngine on the internet is type-checked alone. */
const isRunnable = (code: string): boolean => !code.includes('backend: "hypha"');
/** What a machine without the internet says of the example images. */
const isStandIn = ({ text }: Output): boolean =>
  [text].flat().join("").startsWith("Drawn images of membranes stand in for the examples.");
/** Where cells of other programs expect a Triton server. */
const usualServer = "http://127.0.0.1:8000";

let server: Running;
beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "models"), { recursive: true });
  cpSync(join(notebooks, "data"), join(folder, "data"), { recursive: true });
  const bioengine = join(root, "packages/bioengine/bin/bioengine.js");
  const args = [bioengine, "serve", "--port", "0", "--model-repository", join(folder, "models")];
  server = await start(process.execPath, args, /ready at (http:\S+)/);
});
afterAll(() => server?.end());

/** Run cells one after the other in one notebook of the product's kernel. */
async function run(name: string, sources: readonly string[]): Promise<Cell[]> {
  const path = join(folder, `${name.replaceAll(/\W/g, "-")}.ipynb`);
  writeFileSync(path, JSON.stringify(notebookOf(sources)));
  const args = ["-m", "nbconvert", "--to", "notebook", "--execute", "--allow-errors", "--inplace", path];
  const { code, output } = await finish(python, args, {
    cwd: folder,
    env: { BIOENGINE_HOME: join(folder, "home") },
    timeoutMs: 580_000,
  });
  expect(code, output).toBe(0);
  return codeCells(path);
}

/** Whether cells are among others, one after the other. */
const isPartOf = (part: readonly string[], whole: readonly string[]): boolean =>
  whole.some((_, start) => part.every((code, index) => code === whole[start + index]));

// Views whose cells another one runs in their order share its notebook.
const longest = views.filter(
  ({ blocks }, index) =>
    !views.some((other, at) => {
      const isLonger =
        other.blocks.length > blocks.length || (other.blocks.length === blocks.length && at < index);
      return isLonger && isPartOf(blocks, other.blocks);
    }),
);

for (const { blocks: sources } of longest) {
  const sharing = views.filter(({ blocks }) => isPartOf(blocks, sources));
  const names = sharing.map(({ name }) => name).join(" and of ");
  test(`every code block of ${names} runs, one after the other`, async () => {
    expect(sources.length).toBeGreaterThan(2);
    const runnable = sources
      .filter(isRunnable)
      .map((code) => code.replaceAll(usualServer, server.match[1] ?? ""));
    const cells = await run(names, runnable);
    const faults = cells.flatMap(({ source, outputs = [] }) =>
      outputs
        .filter((output) => output.output_type === "error" || output.name === "stderr")
        .filter((output) => !isStandIn(output))
        .map((output) => ({ source, output })),
    );
    expect(faults).toEqual([]);
    for (const { source, outputs = [] } of cells) {
      if (/^(imshow|histogram|regionpropsTable|table;|large;|trained;)/m.test([source].flat().join(""))) {
        expect(outputs.length, String(source)).toBeGreaterThan(0);
      }
    }
  }, 600_000);
}

test("every code block of every view, and every cell that asks a server, has the types that tslab's TypeScript accepts, strictly", async () => {
  const variables = {
    image: "NdArray",
    mask: "NdArray",
    table: "Table",
    trained: "TrainedModel",
  };
  const served = recipes({ serverUrl: usualServer }).map(({ code }) => code);
  const codes = [...new Set([...views.flatMap(({ blocks }) => blocks), ...served])];
  const files = codes.map((code, index) => {
    const file = join(folder, `block-${index}.ts`);
    const made = new Set([...code.matchAll(/^const (\w+) =/gm)].map(([, name]) => name));
    const needed = Object.entries(variables).filter(([name]) => !made.has(name));
    const lines = needed.map(([name, type]) => `declare const ${name}: import("bioengine").${type};`);
    writeFileSync(file, `${lines.join("\n")}\n${code}\nexport {};\n`);
    return file;
  });
  expect(files.length).toBeGreaterThan(15);
  const compiler = join(root, "node_modules/@tslab/typescript-for-tslab/lib/tsc.js");
  const options = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022", "--module", "es2022"];
  const resolution = ["--moduleResolution", "node10", "--types", "node", "--skipLibCheck"];
  const { output } = await finish(process.execPath, [compiler, ...options, ...resolution, ...files], {
    cwd: root,
  });
  expect(output).toBe("");
});
