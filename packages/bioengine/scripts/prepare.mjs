// Makes this checkout ready to use: installs the npm packages and builds, and does neither when nothing has
// changed since the last time. Runs before anything is installed, so it may use Node's own modules alone.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const stamps = join(root, "node_modules/.cache/bioengine");
const windows = process.platform === "win32";

function filesBelow(path) {
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== ".tsbuildinfo")
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function digest(files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, shell: windows, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(output.trim()))));
  });
}

async function step(title, stamp, current, work) {
  const file = join(stamps, stamp);
  if (existsSync(file) && readFileSync(file, "utf8") === current()) return;
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
  process.stdout.write(`${title} …${process.stdout.isTTY ? "" : "\n"}`);
  const timer = process.stdout.isTTY
    ? setInterval(() => process.stdout.write(`\r${title} … ${seconds()} `), 1000)
    : undefined;
  try {
    await work();
  } catch (error) {
    console.error(`\nCannot prepare the checkout: "${title}" failed\n${error.message}`);
    process.exit(1);
  } finally {
    clearInterval(timer);
  }
  mkdirSync(stamps, { recursive: true });
  writeFileSync(file, current());
  console.log(`${process.stdout.isTTY ? "\r" : ""}${title}: done in ${seconds()} `);
}

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Cannot prepare the checkout: Node.js 20.19 or newer is needed, got ${process.version}`);
  process.exit(1);
}

await step(
  "Installing npm packages",
  "packages",
  () => digest([join(root, "package-lock.json")]),
  () => run("npm", ["ci", "--no-audit", "--no-fund"]),
);

const workspaces = [
  ...readdirSync(join(root, "packages")).map((name) => join(root, "packages", name)),
  join(root, "kernel-ext"),
];
const configuration = [
  join(root, "package-lock.json"),
  join(root, "tsconfig.base.json"),
  join(root, "tsconfig.json"),
];
await step(
  "Building the packages",
  "build",
  () =>
    digest([
      ...configuration,
      ...workspaces.flatMap((path) => [
        join(path, "tsconfig.json"),
        ...filesBelow(join(path, "src")),
        ...filesBelow(join(path, "dist")),
      ]),
    ]),
  () => run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "--build"]),
);

const extension = join(root, "labextension");
await step(
  "Building the JupyterLab extension",
  "labextension",
  () =>
    digest([
      ...configuration,
      ...["package.json", "tsconfig.json", "build.cjs"].map((name) => join(extension, name)),
      ...["src", "style", "labextension"].flatMap((name) => filesBelow(join(extension, name))),
      ...["mime", "codex"].flatMap((name) => filesBelow(join(root, "packages", name, "dist"))),
    ]),
  () => run("npm", ["run", "build", "--workspace", "labextension"]),
);
