// A real Triton on this machine's CPU, with the models of models.py; see test/environment.mjs for where it comes from.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const prefix = join(folder, "../../.environments/triton");
const python = join(prefix, "bin/python");

const facts = `
import sys, sysconfig
print(sysconfig.get_path("purelib"), "%d.%d" % sys.version_info[:2], sysconfig.get_config_var("LIBDIR"), sep="\\n")
`;

/** Why there is none: no wheel for this platform and Python, as test/run.mjs found out. Empty if there is one. */
export const unavailable = process.env.BIOENGINE_TEST_WITHOUT_TRITON ?? "";

function ask(args) {
  const { status, stdout, stderr, error } = spawnSync(python, args, { encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`Cannot run ${python}, which npm test installs: ${error?.message ?? stderr}`);
  }
  return stdout.trim();
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The python backend beside the program that runs a model, which is made for one version of Python. */
function backends(place, sitePackages, version) {
  const server = join(sitePackages, "pytriton/tritonserver");
  const backend = join(place, "backends/python");
  mkdirSync(backend, { recursive: true });
  cpSync(join(server, "backends/python"), backend, { recursive: true });
  const stub = "triton_python_backend_stub";
  cpSync(join(server, "python_backend_stubs", version, stub), join(backend, stub));
  return { binary: join(server, "bin/tritonserver"), directory: dirname(backend) };
}

async function untilReady(url, child, output) {
  for (let waited = 0; waited < 120_000; waited += 100) {
    if (child.exitCode !== null) throw new Error(`tritonserver ended with ${child.exitCode}:\n${output()}`);
    if (output().includes("error while loading shared libraries")) {
      throw new Error(`tritonserver can't run models; is the package libpython3 missing?\n${output()}`);
    }
    const ready = await fetch(`${url}/v2/health/ready`).catch(() => undefined);
    if (ready?.status === 200) return;
    await sleep(100);
  }
  throw new Error(`tritonserver is not ready after two minutes:\n${output()}`);
}

/**
 * Start a Triton and wait until it is ready.
 *
 * @param {object} [options]
 * @param {string} [options.script] what writes the model repository, default: models.py
 * @param {readonly string[]} [options.models] which of the script's models it has, default: all; each takes half a
 *   second to load
 * @param {readonly string[]} [options.flags] further ones, e.g. `["--model-control-mode=explicit"]`
 * @returns {Promise<{ url: string, output: () => string, stop: () => Promise<void> }>} `output` gives the server's
 *   log, `stop` ends it and removes its files
 */
export async function startTriton({ script = "models.py", models, flags = [] } = {}) {
  const [sitePackages, version, libraries] = ask(["-c", facts]).split("\n");
  const place = mkdtempSync(join(tmpdir(), "bioengine-triton-"));
  const repository = join(place, "models");
  ask([join(folder, script), repository]);
  for (const name of models ? readdirSync(repository).filter((name) => !models.includes(name)) : []) {
    rmSync(join(repository, name), { recursive: true });
  }
  for (const name of models ?? []) {
    if (!existsSync(join(repository, name))) throw new Error(`${script} must make ${name}`);
  }
  const { binary, directory } = backends(place, sitePackages, version);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    binary,
    [
      ...[`--model-repository=${repository}`, `--backend-directory=${directory}`],
      ...["--http-address=127.0.0.1", `--http-port=${port}`, "--allow-grpc=false"],
      ...["--allow-metrics=false", "--allow-gpu-metrics=false", "--exit-timeout-secs=0"],
      ...flags,
    ],
    {
      env: {
        ...process.env,
        // Models run in a program that needs libpython, which pyenv's Pythons keep to themselves.
        LD_LIBRARY_PATH: [join(sitePackages, "nvidia_pytriton.libs"), libraries].join(":"),
        PYTHONPATH: sitePackages,
        PYTHONDONTWRITEBYTECODE: "1",
        PATH: `${join(prefix, "bin")}:${process.env.PATH}`,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (log += chunk));
  const ended = new Promise((resolve) => child.once("close", resolve));
  // A program that crashes, or is left before it has called stop, takes the server with it.
  const abandon = () => {
    child.kill("SIGTERM");
    rmSync(place, { recursive: true, force: true });
  };
  process.once("exit", abandon);
  const stop = async () => {
    process.off("exit", abandon);
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 20_000);
    await ended;
    clearTimeout(timer);
    rmSync(place, { recursive: true, force: true });
  };
  try {
    await untilReady(url, child, () => log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, output: () => log, stop };
}
