import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./laboratory";

/**
 * Make a Jupyter folder with the kernelspec of unmodified tslab, apart from the product's.
 *
 * @param folder for the tests of one file, below the checkout
 * @returns its path, for JUPYTER_PATH
 */
export function tslabKernel(folder: string): string {
  const share = join(folder, "share/jupyter");
  mkdirSync(join(share, "kernels/tslab"), { recursive: true });
  const tslab = join(root, "node_modules/tslab/bin/tslab");
  const argv = [process.execPath, tslab, "kernel", "--config-path={connection_file}"];
  const spec = { argv, display_name: "tslab", language: "typescript" };
  writeFileSync(join(share, "kernels/tslab/kernel.json"), JSON.stringify(spec));
  return share;
}
