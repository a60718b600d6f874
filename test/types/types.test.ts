import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../laboratory";
import { type Finished, finish } from "../program";

// tslab's TypeScript is 5.0.4.
const compiler = join(root, "node_modules/@tslab/typescript-for-tslab/lib/tsc.js");
const run = (...args: string[]): Promise<Finished> =>
  finish(process.execPath, [compiler, ...args], { cwd: root });

test("the declarations are read by TypeScript 5.0.4, without skipLibCheck and without Node's types", async () => {
  expect((await run("--version")).output).toContain("5.0.4");
  expect(await run("--project", "test/types")).toEqual({ code: 0, output: "" });
});

test("a wrong type in a cell is reported", async () => {
  mkdirSync(join(root, "test/output"), { recursive: true });
  const folder = mkdtempSync(join(root, "test/output/types-"));
  try {
    writeFileSync(
      join(folder, "wrong.ts"),
      `import { execute, imread, regionpropsTable } from "bioengine";
export async function cell(): Promise<void> {
  const image = await imread("nuclei.tif");
  const wrongPixel: string = image.mean();
  const results = await execute({ inputs: [image], modelName: 7 });
  const wrongMask: number = results.mask;
  image.astype("float31");
  regionpropsTable(image, { imge: image });
}
`,
    );
    writeFileSync(
      join(folder, "tsconfig.json"),
      '{ "extends": "../../types/tsconfig.json", "files": ["wrong.ts"] }',
    );
    const { output } = await run("--project", folder);
    const lines = [...output.matchAll(/wrong\.ts\((\d+),/g)].map((match) => Number(match[1]));
    expect(lines, output).toEqual([4, 5, 6, 7, 8]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
