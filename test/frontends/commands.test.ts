import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { codeCells, printed } from "../notebooks/notebook";
import { type Finished, finish } from "../program";
import { env, python } from "./frontend";

const temporary = (): string => mkdtempSync(join(tmpdir(), "bioengine-frontends-"));

const run = (cwd: string, module: string, ...args: string[]): Promise<Finished> =>
  finish(python, ["-m", module, ...args], { cwd, env });

function writeNotebook(folder: string, ...sources: string[]): string {
  const path = join(folder, "notebook.ipynb");
  const cells = sources.map((source, index) => ({
    cell_type: "code",
    execution_count: null,
    id: `cell${index}`,
    metadata: index === 0 ? { tags: ["parameters"] } : {},
    outputs: [],
    source,
  }));
  const kernelspec = { name: "bioengine", display_name: "TypeScript (BioEngine)", language: "typescript" };
  writeFileSync(path, JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }));
  return path;
}

test("jupyter run runs a file, and fails when it fails", async () => {
  const folder = temporary();
  const good =
    "const cells: number[] = [1, 2];\nconsole.log(cells.length, 'cells');\ncells.map((n) => n * 2)";
  writeFileSync(join(folder, "good.ts"), good);
  writeFileSync(join(folder, "bad.ts"), "const a: number = 'text';");
  const options = ["--kernel=bioengine"];
  const { code, output } = await run(folder, "jupyter", "run", ...options, "good.ts");
  expect({ code, output: output.trim() }).toEqual({ code: 0, output: "2 cells\n[ 2, 4 ]" });
  const failed = await run(folder, "jupyter", "run", ...options, "bad.ts");
  expect(failed.code).not.toBe(0);
  expect(failed.output).toContain("Type 'string' is not assignable to type 'number'.");
});

test("jupyter execute leaves the outputs in the notebook, and stops at a cell that fails", async () => {
  const folder = temporary();
  const path = writeNotebook(folder, 'const a = 20; console.log("a");', "a + 1");
  const { code, output } = await run(folder, "jupyter", "execute", "--inplace", path);
  expect(code, output).toBe(0);
  const [first, second] = codeCells(path);
  expect(printed(first)).toBe("a\n");
  expect(second?.outputs).toMatchObject([{ output_type: "execute_result", data: { "text/plain": ["21"] } }]);

  const failing = writeNotebook(folder, "const a = 1;", "a.b.c", "console.log('not reached')");
  const failed = await run(folder, "jupyter", "execute", "--inplace", failing);
  expect(failed.code).not.toBe(0);
  expect(failed.output).toContain("Property 'b' does not exist");
});

test("papermill sets parameters, as C# writes them, which is TypeScript too", async () => {
  const folder = temporary();
  writeNotebook(
    folder,
    'let count = 1; let threshold = 0.5; let title = "none"; let isDark = false; let sizes = "[]";',
    "console.log(count + 1, threshold.toFixed(2), title.toUpperCase(), !isDark, JSON.parse(sizes).length);",
  );
  const papermill = (...args: string[]) =>
    run(folder, "papermill", "--progress-bar", ...args, "notebook.ipynb", "out.ipynb");
  const values = { count: "41", threshold: "0.75", title: 'a "b" \\ é', isDark: "True", sizes: "[1, 2, 3]" };
  const parameters = Object.entries(values).flatMap(([name, value]) => ["-p", name, value]);
  const { code, output } = await papermill("--language", ".net-csharp", ...parameters);
  expect(code, output).toBe(0);
  const cells = codeCells(join(folder, "out.ipynb"));
  expect(cells).toHaveLength(3);
  expect(printed(cells[2])).toBe('42 0.75 A "B" \\ É false 3\n');
  const { metadata } = JSON.parse(readFileSync(join(folder, "out.ipynb"), "utf8"));
  expect(metadata.kernelspec.language).toBe("typescript");
  // The day papermill knows TypeScript, the option can go.
  const refused = await papermill("-p", "count", "41");
  expect(refused.output).toContain(
    "No parameter translator functions specified for kernel 'bioengine' or language 'typescript'",
  );
});

test.skipIf(process.platform === "win32")(
  "jupyter console shows results, continues lines, completes, and is interrupted by Ctrl+C",
  async () => {
    const script = join(__dirname, "console.py");
    const { code, output } = await finish(python, [script, "bioengine"], { cwd: temporary(), env });
    expect(code, output).toBe(0);
  },
);
