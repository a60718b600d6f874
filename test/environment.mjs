// Python environments of the checkout: made, filled from pinned requirements, and left alone once they are complete.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const interpreter = process.platform === "win32" ? "Scripts/python.exe" : "bin/python";

function attempt(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  if (error) throw new Error(`Cannot run ${command}: ${error.message}`);
  return { ok: status === 0, output: `${stdout}${stderr}`.trim() };
}

/** pip finds no distribution of a package for this platform, which is none of our faults. */
export class NoDistributionError extends Error {
  name = "NoDistributionError";
}

/**
 * Install requirements into an environment, unless these very ones are in it.
 *
 * @param environment `{ prefix, python }`
 * @param requirementsFile path of the pinned requirements, relative to the checkout
 * @param pipOptions further options of `pip install`, e.g. `["--no-deps"]`
 * @throws {NoDistributionError} if the index has a package, and not for this platform
 * @throws {Error} if pip fails for any other reason
 */
export function installRequirements({ prefix, python }, requirementsFile, pipOptions = []) {
  const requirements = join(root, requirementsFile);
  const stamp = join(prefix, `${basename(dirname(requirements))}-requirements`);
  const wanted = createHash("sha256")
    .update(readFileSync(requirements))
    .update(pipOptions.join(" "))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.log(`Installing the Python packages of ${requirementsFile} …`);
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--quiet", ...pipOptions];
  const { ok, output } = attempt(python, [...pip, "-r", requirements]);
  if (!ok) {
    const [said, name, version] = output.match(/No matching distribution found for (\S+?)==(\S+)/) ?? [];
    const message = `Cannot install ${requirementsFile}: pip must find every package, got\n${output}`;
    const reached = !output.includes("Retrying");
    if (said && reached && isForOtherPlatforms(python, name, version)) throw new NoDistributionError(message);
    throw new Error(message);
  }
  writeFileSync(stamp, wanted);
}

// pip says the same without a network; with one, the index lists the version for a common Linux.
function isForOtherPlatforms(python, name, version) {
  const common = ["--platform=manylinux_2_35_x86_64", "--python-version=3.11", "--only-binary=:all:"];
  const { ok, output } = attempt(python, ["-m", "pip", "index", "versions", name, ...common]);
  return ok && output.split(/[\s,]+/).includes(version);
}

/**
 * The Python environment `.environments/<name>` with the given requirements; a second call finds it complete.
 *
 * @param requirementsFile path of the pinned requirements, relative to the checkout
 * @param pipOptions further options of `pip install`, e.g. `["--no-deps"]`
 * @param system the Python to make it with, default: the laboratory's
 * @returns `{ prefix, python }`: its folder and the path of its interpreter
 * @throws {NoDistributionError} if the index has a package, and not for this platform
 * @throws {Error} if there is no Python, or pip fails for any other reason
 */
export function setUpEnvironment(name, requirementsFile, pipOptions = [], system = laboratoryPython()) {
  const prefix = join(root, ".environments", name);
  const environment = { prefix, python: join(prefix, interpreter) };
  if (!existsSync(environment.python)) {
    const { ok, output } = attempt(system, ["-m", "venv", "--clear", prefix]);
    if (!ok) throw new Error(`Cannot make the Python environment ${name}: venv must work, got\n${output}`);
  }
  installRequirements(environment, requirementsFile, pipOptions);
  return environment;
}

function laboratoryPython() {
  const laboratory = join(root, ".venv", interpreter);
  if (existsSync(laboratory)) return laboratory;
  return process.platform === "win32" ? "python" : "python3";
}

/**
 * The Python environment with a real Triton in it, of 250 MB: the server's binary and what its python backend needs.
 *
 * @returns as `setUpEnvironment` does
 * @throws as `setUpEnvironment` does
 */
export function setUpTriton() {
  // Models run on NumPy 1, which has wheels for up to Python 3.12; with NumPy 2 they answer without any elements.
  const check = "import sys, venv; sys.exit(not (3, 10) <= sys.version_info < (3, 13))";
  const pythons = [laboratoryPython(), "python3.12", "python3.11", "python3.10"];
  const fitting = pythons.find((python) => spawnSync(python, ["-c", check]).status === 0);
  // The server runs without what pytriton, which brings it, depends on.
  const options = ["--no-deps", "--only-binary=:all:"];
  return setUpEnvironment("triton", "test/triton/requirements.txt", options, fitting ?? laboratoryPython());
}
