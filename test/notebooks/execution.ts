import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { notebooks, python, root } from "../laboratory";
import { finish } from "../program";
import { tslabKernel } from "../tslabkernel";
import { type Cell, codeCells } from "./notebook";

const scratch = join(root, "test/output/notebooks");

/** Run a notebook of the product in a kernel. @returns its code cells with their outputs */
export async function executed(
  name: string,
  kernel: string,
  env: Record<string, string> = {},
): Promise<Cell[]> {
  const output = join(scratch, kernel);
  mkdirSync(output, { recursive: true });
  const args = ["-m", "nbconvert", "--to", "notebook", "--execute"];
  const options = [`--ExecutePreprocessor.kernel_name=${kernel}`, "--output-dir", output, `${name}.ipynb`];
  const { code, output: log } = await finish(python, [...args, ...options], {
    cwd: notebooks,
    env: { JUPYTER_PATH: tslabKernel(scratch), ...env },
  });
  if (code !== 0) throw new Error(`The notebook ${name} must run, got\n${log}`);
  return codeCells(join(output, `${name}.ipynb`));
}
