// Benchmarks: every *.bench.mjs beside this file, or those named on the command line.
// Each prints its figures side by side with its peer's, as medians and their ratio. All run in the environment of the
// kernel, the peers too: on Linux it decides at a process' start how it gets memory.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { kernelSpec } from "@bioengine/kernel";

const folder = dirname(fileURLToPath(import.meta.url));
const all = readdirSync(folder)
  .filter((name) => name.endsWith(".bench.mjs"))
  .map((name) => name.replace(".bench.mjs", ""))
  .sort();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(
    `Cannot run benchmarks: the names must be among ${all.join(", ")}, got ${unknown.join(", ")}`,
  );
  process.exit(1);
}
const { env } = kernelSpec({ node: process.execPath, main: "" });
if (Object.entries(env).some(([name, value]) => process.env[name] !== value)) {
  const { status } = spawnSync(process.execPath, process.argv.slice(1), {
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  process.exit(status ?? 1);
}
for (const name of wanted.length > 0 ? wanted : all) {
  console.log(`\n# ${name}`);
  const { bench } = await import(join(folder, `${name}.bench.mjs`));
  await bench();
}
