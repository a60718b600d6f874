// The kernels that are compared, each as its own installer leaves it, and a folder for the notebook with packages.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setUpEnvironment } from "../../environment.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const place = join(root, ".environments/bench-kernel");
const jupyter = join(place, "share/jupyter");

const peers = { tslab: "1.0.22", deno: "2.9.6" };
const notebookPackages = {
  "@types/lodash": "4.17.20",
  // Unmodified tslab finds the types of Node.js nowhere else when its packages are hoisted.
  "@types/node": "20.19.25",
  lodash: "4.17.21",
};

/** Packages that Node.js loads and that older ways of resolving don't find. */
const handmadePackages = {
  "exports-only": {
    "package.json": JSON.stringify({
      name: "exports-only",
      version: "1.0.0",
      exports: { "./sub": { types: "./lib/sub.d.ts", default: "./lib/sub.js" } },
    }),
    "lib/sub.js": "exports.answer = 41;",
    "lib/sub.d.ts": "export declare const answer: number;",
  },
  "esm-only": {
    "package.json": JSON.stringify({
      name: "esm-only",
      version: "1.0.0",
      type: "module",
      exports: { types: "./index.d.ts", import: "./index.js" },
    }),
    "index.js": "export const answer = await Promise.resolve(41);",
    "index.d.ts": "export declare const answer: number;",
  },
};

function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", ...options });
  if (error || status !== 0) {
    throw new Error(
      `Cannot set up the kernels: ${command} ${args.join(" ")} must work, got ${error ?? stdout + stderr}`,
    );
  }
}

/** Install packages of npm into a folder, unless these very ones are in it. */
function install(folder, dependencies) {
  const file = join(folder, "package.json");
  const wanted = JSON.stringify({ private: true, dependencies });
  if (existsSync(join(folder, "node_modules")) && readFileSync(file, "utf8") === wanted) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, wanted);
  console.log(`Installing ${Object.keys(dependencies).join(", ")} …`);
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
  run("npm", ["install", ...options], { cwd: folder, shell: process.platform === "win32" });
}

function writeFiles(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** The program of Deno, which its npm package has for each platform in a package of its own. */
function denoProgram(packages) {
  const { platform, arch } = process;
  const name = `@deno/${platform}-${arch}${platform === "linux" ? "-glibc" : ""}`;
  return join(packages, "node_modules", name, platform === "win32" ? "deno.exe" : "deno");
}

/**
 * Set up `bioengine` of this checkout, tslab and Deno.
 *
 * @returns the Python that speaks with them, the environment variables it needs, a folder for the
 *   notebook, to be removed in the end, and what the kernels are: name to title
 */
export async function setUpKernels() {
  const { python } = setUpEnvironment("bench-kernel-client", "test/bench/kernel/requirements.txt");
  const packages = join(place, "packages");
  install(packages, peers);
  // Outside of the checkout, whose packages the kernels would find.
  const notebook = mkdtempSync(join(tmpdir(), "bioengine-bench-kernel-"));
  install(notebook, notebookPackages);
  for (const [name, files] of Object.entries(handmadePackages)) {
    writeFiles(join(notebook, "node_modules", name), files);
  }
  const { installIntoJupyter } = await import(join(root, "packages/bioengine/dist/command/install.js"));
  installIntoJupyter(jupyter);
  // As `tslab install` and `deno jupyter --install` write them, the latter for the user and nowhere else.
  const tslab = join(packages, "node_modules/tslab/bin/tslab");
  const specs = {
    tslab: [process.execPath, tslab, "kernel", "--config-path={connection_file}"],
    deno: [denoProgram(packages), "jupyter", "--kernel", "--conn", "{connection_file}"],
  };
  for (const [name, argv] of Object.entries(specs)) {
    const spec = JSON.stringify({ argv, display_name: name, language: "typescript" });
    writeFiles(join(jupyter, "kernels", name), { "kernel.json": spec });
  }
  const env = {
    ...process.env,
    // All that is printed comes, as it does from the others.
    BIOENGINE_OUTPUT_LIMIT: "1e9",
    JUPYTER_PATH: jupyter,
    DENO_DIR: join(place, "deno"),
    DENO_NO_UPDATE_CHECK: "1",
    // Deno colours its results otherwise, which Jupyter's tests don't expect.
    NO_COLOR: "1",
  };
  const titles = { bioengine: "bioengine", tslab: `tslab ${peers.tslab}`, deno: `Deno ${peers.deno}` };
  return { python, env, notebook, titles };
}
