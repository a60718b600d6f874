import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "./program";
import { step } from "./step";

const windows = process.platform === "win32";
const requirements = join(__dirname, "../../python/requirements.txt");

/** A Python environment with JupyterLab in it. */
export interface PythonEnvironment {
  /** Its folder, which is also a Jupyter prefix. */
  readonly prefix: string;
  /** Path of its interpreter. */
  readonly python: string;
}

async function findPython(): Promise<string> {
  const check = "import sys; print('.'.join(map(str, sys.version_info[:3])), sys.version_info >= (3, 10))";
  const seen: string[] = [];
  for (const name of windows ? ["python", "py"] : ["python3", "python"]) {
    const answer = await runProgram(name, ["-c", check]).catch(() => "");
    const [version, recent] = answer.trim().split(" ");
    if (recent === "True") return name;
    if (version) seen.push(`${name} ${version}`);
  }
  const hint =
    windows || process.platform === "darwin"
      ? "python.org"
      : "your package manager, for instance `apt install python3-venv`";
  throw new Error(
    `Cannot set up JupyterLab: Python 3.10 or newer must be on the PATH, got ${seen.join(" and ") || "none"}; install it from ${hint}`,
  );
}

/**
 * The Python environment in `<folder>/.venv`, made if it isn't there yet, with the pinned JupyterLab in it.
 * A second call finds it complete and returns at once.
 *
 * @param folder the folder that holds `.venv`
 * @throws {Error} if no Python 3.10 or newer is found, or pip fails (no network, for instance)
 * @example
 * const { python } = await pythonEnvironment(process.cwd());
 */
export async function pythonEnvironment(folder: string): Promise<PythonEnvironment> {
  const prefix = join(folder, ".venv");
  const python = windows ? join(prefix, "Scripts/python.exe") : join(prefix, "bin/python");
  const stamp = join(prefix, "bioengine-requirements");
  const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  if (existsSync(python) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted)
    return { prefix, python };

  await step("Setting up JupyterLab (Python environment .venv)", async () => {
    if (!existsSync(python)) {
      const system = await findPython();
      await runProgram(system, ["-m", "venv", prefix]).catch((error: Error) => {
        rmSync(prefix, { recursive: true, force: true });
        throw new Error(`${error.message}\nOn Debian and Ubuntu, install the package python3-venv first`);
      });
    }
    await runProgram(python, [
      "-m",
      "pip",
      "install",
      "--disable-pip-version-check",
      "--quiet",
      "-r",
      requirements,
    ]);
    writeFileSync(stamp, wanted);
  });
  return { prefix, python };
}
