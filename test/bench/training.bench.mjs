// Training of the embedded networks: a step beside PyTorch's, 100 steps as a notebook runs them, and the memory of 1,000.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { drawMembranes } from "bioengine";
import { installRequirements, setUpEnvironment } from "../environment.mjs";
import { ms } from "./timing.mjs";
import { memoryOf, train, withServer } from "./training/server.mjs";
import { benchSteps } from "./training/steps.mjs";

const kinds = ["cellpose", "stardist"];

/** Of the timer that shows how long the calling process is held up. */
const periodMs = 10;

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

async function benchRun(kind, samples) {
  const started = performance.now();
  const delay = monitorEventLoopDelay({ resolution: periodMs });
  const losses = await withServer(async (url) => {
    delay.enable();
    const all = await train(url, kind, { samples, requests: 20, steps: 5 });
    delay.disable();
    return all;
  });
  const seconds = (performance.now() - started) / 1000;
  const late = (nanoseconds) => ms(Math.max(0, nanoseconds / 1e6 - periodMs));
  const delays = [delay.percentile(50), delay.percentile(95), delay.max].map(late);
  const epochs = [losses.slice(0, samples.length), losses.slice(-samples.length)];
  const [first, last] = epochs.map((epoch) => mean(epoch).toFixed(2));
  console.log(`| ${[kind, `${seconds.toFixed(1)} s`, ...delays, `${first}, ${last}`].join(" | ")} |`);
}

async function benchMemory(kind, samples) {
  const at = [0, 100, 400, 700, 1000];
  const memory = [];
  await withServer(async (url, id) => {
    const note = (steps) => {
      if (at.includes(steps)) memory.push(memoryOf(id)?.toFixed(0) ?? "?");
    };
    note(0);
    await train(url, kind, { samples, requests: 20, steps: 50, onSteps: note });
  });
  console.log(`| ${[kind, ...memory].join(" | ")} |`);
}

export async function bench() {
  const environment = setUpEnvironment("bench-engine", "test/bench/engine/requirements.txt", ["--no-deps"]);
  installRequirements(environment, "test/bench/engine/torch/requirements.txt");
  const samples = drawMembranes();
  console.log(`One training step, 2 × 128 × 128 pixels, one core, median of 72 in blocks of 6 in turn. PyTorch is eager, and
keeps no average of the weights. Last: by how much the losses of the first 12 steps differ at most.`);
  console.log("| network | bioengine | with its crops | PyTorch | PyTorch, channels_last | difference |");
  console.log("|---|---|---|---|---|---|");
  for (const kind of kinds) await benchSteps(environment.python, kind, samples[0]);
  console.log(`
100 steps on four images of 256 × 256, 5 a request, from the server's start to its end; limit 30 s. Meanwhile a timer of
${periodMs} ms in the calling process is late by, median, 95 %, most:`);
  console.log("| network | time | median | 95 % | most | loss, first and last epoch |");
  console.log("|---|---|---|---|---|---|");
  for (const kind of kinds) await benchRun(kind, samples);
  console.log("\nMemory of the server in MB over 1,000 steps on four images of 128 × 128, 50 a request:");
  console.log("| network | before | after 100 | 400 | 700 | 1,000 |");
  console.log("|---|---|---|---|---|---|");
  const small = drawMembranes({ size: 128 });
  for (const kind of kinds) await benchMemory(kind, small);
}
