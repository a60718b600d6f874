import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, posix, resolve, win32 } from "node:path";
import { runProgram } from "./program";

/** Which of Jupyter's folders is meant; without any option, the user's own. */
export interface JupyterPlace {
  /** For the user alone, in every Jupyter of theirs. */
  user?: boolean;
  /** For all users of the machine. */
  system?: boolean;
  /** For the Python environment of `python`, or of the Python on the PATH. */
  "sys-prefix"?: boolean;
  /** For the Python or conda environment in this folder. */
  prefix?: string;
  /** Path or name of an interpreter. */
  python?: string;
}

/** What Jupyter's folders depend on. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home. */
  readonly home: string;
}

const thisMachine: Machine = { platform: process.platform, env: process.env, home: homedir() };

/**
 * The folder in which Jupyter looks for `kernels` and `labextensions`, as jupyter_core has it.
 *
 * @param action what is to be done there, for messages: "install the kernel"
 * @param place at most one of its places
 * @throws {TypeError} if several places are named
 * @throws {Error} if the prefix is no folder, or the Python can't be asked
 * @example
 * await jupyterFolder("install the kernel", { prefix: ".venv" }); // "/notebooks/.venv/share/jupyter"
 */
export async function jupyterFolder(
  action: string,
  place: JupyterPlace,
  machine: Machine = thisMachine,
): Promise<string> {
  const { user, system, prefix, python } = place;
  const ofPython = (place["sys-prefix"] ?? false) || python !== undefined;
  const named = Object.entries({ user, system, "sys-prefix": ofPython, prefix: prefix !== undefined })
    .filter(([, isNamed]) => isNamed)
    .map(([name]) => `--${name}`);
  if (named.length > 1) {
    throw new TypeError(
      `Cannot ${action}: one place at most may be named, got ${named.join(" and ")}; leave all but one out`,
    );
  }
  if (system) return systemFolder(machine);
  const chosen = ofPython ? await prefixOf(action, python) : prefix;
  if (chosen === undefined) return userFolder(machine);
  if (!existsSync(chosen)) {
    throw new Error(
      `Cannot ${action}: the Jupyter prefix must be an existing folder, got ${chosen}; find yours with: python -c "import sys; print(sys.prefix)"`,
    );
  }
  return prefixFolder(resolve(chosen));
}

/** The folder of an environment, e.g. `.venv/share/jupyter` of `.venv`; the same on every platform. */
export const prefixFolder = (prefix: string): string => join(prefix, "share", "jupyter");

function userFolder({ platform, env, home }: Machine): string {
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (platform === "darwin") return posix.join(home, "Library", "Jupyter");
  if (platform !== "win32") {
    return posix.join(env.XDG_DATA_HOME || posix.join(home, ".local", "share"), "jupyter");
  }
  if (env.APPDATA) return win32.join(env.APPDATA, "jupyter");
  return win32.join(env.JUPYTER_CONFIG_DIR || win32.join(home, ".jupyter"), "data");
}

function systemFolder({ platform, env }: Machine): string {
  if (platform !== "win32") return "/usr/local/share/jupyter";
  return win32.join(env.PROGRAMDATA || "C:\\ProgramData", "jupyter");
}

async function prefixOf(
  action: string,
  python = process.platform === "win32" ? "python" : "python3",
): Promise<string> {
  const answer = await runProgram(python, ["-c", "import sys; print(sys.prefix)"]).catch((cause: Error) => {
    throw new Error(
      `Cannot ${action}: --python must name a Python that runs, got ${python}; ${cause.message}`,
      { cause },
    );
  });
  return answer.trim();
}
