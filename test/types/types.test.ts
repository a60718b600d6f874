import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(__dirname, "../..");
const compiler = join(root, "node_modules/@tslab/typescript-for-tslab/lib/tsc.js");
const options = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022"];
const resolution = ["--module", "commonjs", "--moduleResolution", "node10", "--types", ""];

const check = (...files: string[]) =>
  spawnSync(process.execPath, [compiler, ...options, ...resolution, ...files], {
    cwd: root,
    encoding: "utf8",
  });

test("the declarations are read by TypeScript 5.0.4, without skipLibCheck and without Node's types", () => {
  expect(check("--version").stdout).toContain("5.0.4");
  const { status, stdout } = check("test/types/consumer.ts", "test/types/globals.d.ts");
  expect(stdout).toBe("");
  expect(status).toBe(0);
});

test("a wrong type in a cell is reported", () => {
  const folder = mkdtempSync(join(root, "test/output-types-"));
  try {
    const file = join(folder, "wrong.ts");
    writeFileSync(
      file,
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
    const lines = check(file, "test/types/globals.d.ts").stdout.matchAll(/wrong\.ts\((\d+),/g);
    expect([...lines].map((match) => Number(match[1]))).toEqual([4, 5, 6, 7, 8]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
