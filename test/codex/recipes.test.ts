import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { recipes } from "@bioengine/codex";
import { beforeAll, expect, test } from "vitest";
import { notebooks, python, root } from "../laboratory";
import { type Cell, codeCells } from "../notebooks/notebook";
import { finish } from "../program";

const folder = join(root, "test/output/recipes");
// What needs a server of another kind is type-checked below and not run here.
const runnable = recipes().filter((recipe) => recipe.server === undefined);
let cells: Cell[];

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(notebooks, "data"), join(folder, "data"), { recursive: true });
  const notebook = {
    cells: runnable.map(({ code }) => ({
      cell_type: "code",
      execution_count: null,
      metadata: {},
      outputs: [],
      source: code,
    })),
    metadata: {
      kernelspec: { name: "bioengine", display_name: "TypeScript (BioEngine)", language: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 4,
  };
  writeFileSync(join(folder, "recipes.ipynb"), JSON.stringify(notebook));
  const args = [
    "-m",
    "nbconvert",
    "--to",
    "notebook",
    "--execute",
    "--allow-errors",
    "--inplace",
    "recipes.ipynb",
  ];
  const { code, output } = await finish(python, args, {
    cwd: folder,
    env: { BIOENGINE_HOME: join(folder, "home") },
  });
  expect(code, output).toBe(0);
  cells = codeCells(join(folder, "recipes.ipynb"));
});

for (const [index, recipe] of runnable.entries()) {
  test(`the cell "${recipe.title}" runs as pasted`, () => {
    const outputs = cells[index]?.outputs ?? [];
    expect(outputs.filter((output) => output.output_type === "error" || output.name === "stderr")).toEqual(
      [],
    );
    if (recipe.category === "Segment" || recipe.category === "Measure")
      expect(outputs.length).toBeGreaterThan(0);
  });
}

test("every cell that asks for a server has the types that tslab's TypeScript accepts", async () => {
  const compiler = join(root, "node_modules/@tslab/typescript-for-tslab/lib/tsc.js");
  const variables = `import type { NdArray, Table, TrainedModel } from "bioengine";
declare const image: NdArray;
declare const mask: NdArray;
declare const table: Table;
declare const trained: TrainedModel;
`;
  const served = recipes({ serverUrl: "http://127.0.0.1:8000" });
  const files = served.map((recipe, index) => {
    const file = join(folder, `recipe-${index}.ts`);
    const made = new Set([...recipe.code.matchAll(/^const (\w+) =/gm)].map((match) => match[1]));
    const needed = variables.split("\n").filter((line) => !made.has(line.match(/const (\w+):/)?.[1] ?? ""));
    writeFileSync(file, `${needed.join("\n")}\n${recipe.code}\nexport {};\n`);
    return file;
  });
  const options = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022", "--module", "es2022"];
  const resolution = ["--moduleResolution", "node10", "--types", "node", "--skipLibCheck"];
  const { output } = await finish(process.execPath, [compiler, ...options, ...resolution, ...files], {
    cwd: root,
  });
  expect(output).toBe("");
});
