import { cpSync, existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { kernelSpec } from "@bioengine/kernel";

/** What an installation consists of: the two folders that belong to it alone. */
export interface Installation {
  /** Folder of the kernelspec `bioengine`. */
  readonly kernel: string;
  /** Folder of the JupyterLab extension. */
  readonly extension: string;
}

const installationIn = (folder: string): Installation => ({
  kernel: join(folder, "kernels", "bioengine"),
  extension: join(folder, "labextensions", "@bioengine", "labextension"),
});

/**
 * Install the kernelspec `bioengine` and the JupyterLab extension into a folder of Jupyter's, replacing older ones.
 *
 * The kernelspec names this Node and this installation by path, so it keeps working from any folder.
 *
 * @param folder see `jupyterFolder`; made if needed
 * @returns what was written
 * @throws {Error} if the folder can't be written to
 * @example
 * installIntoJupyter(".venv/share/jupyter");
 */
export function installIntoJupyter(folder: string): Installation {
  const installation = installationIn(folder);
  const packageFolder = (name: string) => dirname(require.resolve(`${name}/package.json`));
  const kernel = packageFolder("@bioengine/kernel");
  const spec = kernelSpec({ node: process.execPath, main: join(kernel, "dist/main.js") });
  changing("install the kernel", folder, () => {
    copyFolder(join(kernel, "resources"), installation.kernel);
    writeFileSync(join(installation.kernel, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
    copyFolder(join(packageFolder("@bioengine/labextension"), "labextension"), installation.extension);
  });
  return installation;
}

/**
 * Remove what `installIntoJupyter` wrote into a folder, and nothing else.
 *
 * @param folder see `jupyterFolder`
 * @returns the folders that were removed
 * @throws {Error} if nothing is installed there, or it can't be removed
 * @example
 * uninstallFromJupyter(".venv/share/jupyter");
 */
export function uninstallFromJupyter(folder: string): string[] {
  const installed = Object.values(installationIn(folder)).filter((path) => existsSync(path));
  if (installed.length === 0) {
    throw new Error(
      `Cannot uninstall the kernel: it must be installed in ${folder}, got neither kernel nor extension there; find it with: jupyter kernelspec list`,
    );
  }
  changing("uninstall the kernel", folder, () => {
    for (const path of installed) rmSync(path, { recursive: true });
    const scope = dirname(installationIn(folder).extension);
    if (existsSync(scope) && readdirSync(scope).length === 0) rmdirSync(scope);
  });
  return installed;
}

function copyFolder(source: string, target: string): void {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(dirname(target), { recursive: true });
  cpSync(source, target, { recursive: true });
}

/** Change a folder; an error of the file system says which, and what else can be done. */
function changing(action: string, folder: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    if (!(cause instanceof Error) || !("syscall" in cause)) throw cause;
    throw new Error(
      `Cannot ${action}: ${folder} must be a folder that you may write to, got ${cause.message}; another place is named by --user, --sys-prefix or --prefix`,
      { cause },
    );
  }
}
