import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { installIntoJupyter } from "./install";
import { prefixFolder } from "./jupyterfolder";
import { runForeground } from "./program";
import { type PythonEnvironment, pythonEnvironment } from "./python";
import { bringSamples } from "./samples";

/** A folder of notebooks, and the Python environment that runs JupyterLab on it. */
export interface Laboratory {
  readonly environment: PythonEnvironment;
  /** Folder of the notebooks, absolute. */
  readonly folder: string;
  /** File name of the notebook to open first, if the folder has one. */
  readonly firstNotebook: string | undefined;
}

/** The notebook that the sample images are for. */
const sampleNotebook = "01-segment-nuclei.ipynb";

/**
 * Set up JupyterLab with the kernel, the extension and the sample images; quick when they are there already.
 *
 * @param folder the notebooks; default `notebooks` below the current folder, or the current folder if there is none. A
 *   folder of somebody's own gets no sample images
 * @throws {Error} if the folder, Python or the network is missing; the message says what to do
 * @example
 * const { firstNotebook } = await setUpLaboratory();
 */
export async function setUpLaboratory(folder?: string): Promise<Laboratory> {
  const place = folder ?? (existsSync("notebooks") ? "notebooks" : ".");
  if (!statSync(place, { throwIfNoEntry: false })?.isDirectory()) {
    const got = existsSync(place) ? "a file" : "nothing";
    throw new Error(
      `Cannot set up JupyterLab: ${place} must be a folder, got ${got}; make a folder first: mkdir "${place}"`,
    );
  }
  const environment = await pythonEnvironment(process.cwd());
  const jupyter = prefixFolder(environment.prefix);
  installIntoJupyter(jupyter);
  const settings = join(jupyter, "lab/settings");
  mkdirSync(settings, { recursive: true });
  const quiet = {
    "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
  };
  writeFileSync(join(settings, "overrides.json"), JSON.stringify(quiet));
  if (folder === undefined || existsSync(join(place, sampleNotebook))) {
    await bringSamples(join(place, "data"), environment);
  }
  const notebooks = readdirSync(place).filter((name) => name.endsWith(".ipynb"));
  return { environment, folder: resolve(place), firstNotebook: notebooks.sort()[0] };
}

/**
 * Open JupyterLab on the first notebook of a folder, and stay until it is closed.
 *
 * @param folder see `setUpLaboratory`
 * @param jupyterOptions further options of `jupyter lab`, e.g. `--no-browser`
 * @returns JupyterLab's exit code
 * @example
 * process.exitCode = await openLaboratory("notebooks", ["--no-browser"]);
 */
export async function openLaboratory(
  folder: string | undefined,
  jupyterOptions: readonly string[],
): Promise<number> {
  const laboratory = await setUpLaboratory(folder);
  console.log("Opening JupyterLab; end it with Ctrl+C");
  const root = process.getuid?.() === 0 ? ["--allow-root"] : [];
  const open = laboratory.firstNotebook ? [`--LabApp.default_url=/lab/tree/${laboratory.firstNotebook}`] : [];
  return runForeground(laboratory.environment.python, [
    ...["-m", "jupyterlab", `--ServerApp.root_dir=${laboratory.folder}`],
    ...root,
    ...open,
    ...jupyterOptions,
  ]);
}
