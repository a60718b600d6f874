// Lets good, bad, leaving and slow clients at `bioengine serve` for a while, and judges its memory and its answers.
//
// Usage: npm run soak -- [--minutes 10]
import { execFileSync, spawn } from "node:child_process";
import { once, setMaxListeners } from "node:events";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { runClients } from "./clients.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const { values } = parseArgs({ options: { minutes: { type: "string", default: "10" } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new RangeError(`Cannot soak: --minutes must be more than 0, got ${values.minutes}`);

const program = join(root, "packages/bioengine/bin/bioengine.js");
const server = spawn(process.execPath, [program, "serve", "--port", "0"], {
  stdio: ["ignore", "pipe", "pipe"],
});
let complaints = "";
server.stderr.on("data", (chunk) => (complaints = (complaints + chunk).slice(-4000)));
const [line] = await once(server.stdout, "data");
const [url] = String(line).match(/http:\S+/);

const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
const ascending = (numbers) => [...numbers].sort((a, b) => a - b);
const median = (numbers) => quantile(ascending(numbers), 0.5);

const outcomes = new Map();
const latencies = new Map();
let exchanges = 0;
let healthMs = [];

function record(kind, results, milliseconds) {
  const counts = outcomes.get(kind) ?? new Map();
  outcomes.set(kind, counts);
  for (const result of results) counts.set(result, (counts.get(result) ?? 0) + 1);
  if (!latencies.has(kind)) latencies.set(kind, []);
  latencies.get(kind).push(milliseconds);
  exchanges += results.length;
  if (kind === "live") healthMs.push(milliseconds);
}

const controller = new AbortController();
setMaxListeners(0, controller.signal);
const clients = runClients(url, controller.signal, record);
const health = new Worker(new URL("health.mjs", import.meta.url), { workerData: url });
health.on("message", ([path, result, milliseconds]) => record(path, [result], milliseconds));

const samples = [];
const durationMs = minutes * 60_000;
const rowMs = durationMs / 20;
const start = performance.now();
let rowStart = 0;
console.log("minute  RSS MB (median)  (most)  exchanges    live ms (p50)  (p95)  (most)");
while (performance.now() - start < durationMs && server.exitCode === null) {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const seconds = (performance.now() - start) / 1000;
  const kilobytes = Number(
    execFileSync("ps", ["-o", "rss=", "-p", String(server.pid)], { encoding: "utf8" }),
  );
  samples.push({ seconds, megabytes: kilobytes / 1024 });
  if (1000 * seconds < rowStart + rowMs) continue;
  const row = samples.filter((sample) => 1000 * sample.seconds > rowStart).map(({ megabytes }) => megabytes);
  const live = ascending(healthMs);
  const cells = [
    [(seconds / 60).toFixed(1), 6],
    [median(row).toFixed(0), 17],
    [Math.max(...row).toFixed(0), 8],
    [exchanges, 11],
    [quantile(live, 0.5)?.toFixed(0), 17],
    [quantile(live, 0.95)?.toFixed(0), 7],
    [live[live.length - 1]?.toFixed(0), 8],
  ];
  console.log(cells.map(([cell, width]) => String(cell).padStart(width)).join(""));
  rowStart = 1000 * seconds;
  healthMs = [];
}

controller.abort();
health.postMessage("end");
await Promise.all([clients, once(health, "exit")]);
const ended = once(server, "exit");
server.kill("SIGTERM");
const [code, signal] = await ended;

console.log("\nkind      exchanges  p50 ms  p95 ms  outcomes");
for (const [kind, counts] of outcomes) {
  const sorted = ascending(latencies.get(kind));
  const listed = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => `${name}: ${count}`);
  const count = [...counts.values()].reduce((sum, one) => sum + one, 0);
  console.log(
    kind.padEnd(9),
    String(count).padStart(9),
    quantile(sorted, 0.5).toFixed(0).padStart(7),
    quantile(sorted, 0.95).toFixed(0).padStart(7),
    "",
    listed.join(", "),
  );
}

const seconds = samples[samples.length - 1].seconds;
const third = (index) =>
  median(
    samples
      .filter((sample) => Math.min(2, Math.floor((3 * sample.seconds) / seconds)) === index)
      .map(({ megabytes }) => megabytes),
  );
const growth = third(2) / third(1) - 1;
const wrong = [...outcomes.values()]
  .flatMap((counts) => [...counts.keys()])
  .filter((name) => /WRONG/.test(name));
const judged = [
  [
    growth <= 0.1,
    `memory: the last third's median is ${third(2).toFixed(0)} MB, the middle third's ${third(1).toFixed(0)} MB (${(100 * growth).toFixed(1)} %; at most 10 %)`,
  ],
  [wrong.length === 0, `answers: ${wrong.length === 0 ? "all as they should be" : wrong.join(", ")}`],
  [code === 0, `end on SIGTERM: ${signal ?? `exit code ${code}`}`],
];
console.log("");
for (const [passed, text] of judged) console.log(passed ? "passed" : "FAILED", text);
if (judged.some(([passed]) => !passed)) {
  console.log(`\nThe last that the server printed:\n${complaints}`);
  process.exitCode = 1;
}
