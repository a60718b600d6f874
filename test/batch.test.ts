import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { executeBatch, imread } from "bioengine";
import { expect, test } from "vitest";
import { notebooks, python, root } from "./laboratory";
import { bundles, codeCells, printed } from "./notebooks/notebook";
import { finish } from "./program";

const picture = join(notebooks, "data/img2d.tif");

test("executeBatch() runs images on the embedded engine, each mask linked to its image", async () => {
  const image = (await imread(picture)).slice([0, 128], [0, 128]);
  const ended: number[] = [];
  const results = await executeBatch({
    batches: [
      [image, {}],
      new Map<string, unknown>([
        ["image", image],
        ["param", { prob_thresh: 0.99 }],
      ]),
    ],
    modelName: "stardist",
    batchSize: 2,
    onBatchEnd: (start, group) => ended.push(start, group.length),
  });
  expect(ended).toEqual([0, 2]);
  const [usual, strict] = results.map(({ mask }) => mask.max());
  expect(usual).toBeGreaterThan(3);
  expect(strict).toBeLessThan(Number(usual));
  expect(new Set(results.map(({ __info__ }) => __info__.modelName))).toEqual(new Set(["stardist"]));
});

test("executeBatch() shows in a notebook how many are done, and in the end how long it took", async () => {
  const folder = join(root, "test/output/batch");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const source = `import { executeBatch, imread } from "bioengine";
const image = await imread(${JSON.stringify(picture)});
const batch = await executeBatch({ batches: Array.from({ length: 8 }, () => [image, {}]), modelName: "stardist" });
console.log(batch.length);`;
  const cell = { cell_type: "code", execution_count: null, metadata: {}, outputs: [], source };
  const kernelspec = { name: "bioengine", display_name: "TypeScript (BioEngine)", language: "typescript" };
  const notebook = { cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 4 };
  writeFileSync(join(folder, "batch.ipynb"), JSON.stringify(notebook));
  const args = ["-m", "nbconvert", "--to", "notebook", "--execute", "--inplace", "batch.ipynb"];
  const { code, output } = await finish(python, args, { cwd: folder });
  expect(code, output).toBe(0);
  const [executed] = codeCells(join(folder, "batch.ipynb"));
  expect(printed(executed).trim()).toBe("8");
  const shown = bundles(executed).map((bundle) => String(bundle["text/plain"]));
  expect(shown).toEqual([expect.stringMatching(/^execute stardist on a batch: 8 done in \d+\.\d s$/)]);
});
