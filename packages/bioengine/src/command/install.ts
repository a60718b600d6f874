import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { kernelSpec } from "@bioengine/kernel";

/**
 * Install the kernelspec `bioengine` and the JupyterLab extension into a Jupyter prefix, replacing older ones.
 *
 * The kernelspec names this Node and this installation by path, so it keeps working from any folder.
 *
 * @param prefix folder of a Python or conda environment, e.g. `.venv` or the output of `python -c "import sys; print(sys.prefix)"`
 * @throws {Error} if `prefix` is no folder
 * @example
 * installIntoJupyter(".venv");
 */
export function installIntoJupyter(prefix: string): void {
  if (!existsSync(prefix)) {
    throw new Error(
      `Cannot install the kernel: the Jupyter prefix must be an existing folder, got ${prefix}; find yours with: python -c "import sys; print(sys.prefix)"`,
    );
  }
  const kernel = dirname(require.resolve("@bioengine/kernel/package.json"));
  const kernelFolder = join(prefix, "share/jupyter/kernels/bioengine");
  rmSync(kernelFolder, { recursive: true, force: true });
  mkdirSync(kernelFolder, { recursive: true });
  cpSync(join(kernel, "resources"), kernelFolder, { recursive: true });
  const spec = kernelSpec({ node: process.execPath, main: join(kernel, "dist/main.js") });
  writeFileSync(join(kernelFolder, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);

  const extension = dirname(require.resolve("@bioengine/labextension/package.json"));
  const extensionFolder = join(prefix, "share/jupyter/labextensions/@bioengine/labextension");
  rmSync(extensionFolder, { recursive: true, force: true });
  cpSync(join(extension, "labextension"), extensionFolder, { recursive: true });
}
