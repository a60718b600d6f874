// One inference over HTTP, by this client and by Python's, on one real Triton: rounds of all, each in another order.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { setUpEnvironment, setUpTriton } from "../environment.mjs";
import { startTriton } from "../triton/realtriton.mjs";
import { microscopyImage, randomOf } from "./client/image.mjs";
import { floor, own, withPeers } from "./client/peers.mjs";
import { median, ms } from "./timing.mjs";

const models = {
  echo: { model: "echo", input: "x", output: "y", gives: "the same float32" },
  threshold: { model: "threshold", input: "image", output: "mask", gives: "a uint16 mask" },
};
const rounds = { 512: 100, 2048: 15 };

const titles = {
  [own]: "bioengine execute",
  [floor]: "node:http, keep-alive (the floor)",
  "pyotritonclient-identity": "pyotritonclient, no gzip either way",
  tritonclient: "tritonclient.http",
  "tritonclient-aio": "tritonclient.http.aio",
};

const shuffled = (names, random) =>
  names
    .map((name) => [random(), name])
    .sort(([one], [other]) => one - other)
    .map(([, name]) => name);

async function compareTimes(peers, task, size) {
  const names = Object.keys(peers);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  const sums = new Set();
  const random = randomOf(size);
  for (let round = -5; round < rounds[size]; round++) {
    for (const name of shuffled(names, random)) {
      // What the client before has left to do, such as collecting garbage, is not to be in this one's way.
      await sleep(20);
      const answer = await peers[name].ask(task);
      sums.add(answer.sum);
      if (round >= 0) times[name].push(answer.ms);
    }
  }
  if (sums.size !== 1) throw new Error(`All clients must get the same output, got sums ${[...sums]}`);
  console.log(`\n3 × ${size}² float32 in, ${task.gives} out, median of ${rounds[size]} rounds:`);
  const medians = Object.fromEntries(names.map((name) => [name, median(times[name])]));
  for (const name of names) {
    const figures = [ms(medians[name]), `best ${ms(Math.min(...times[name]))}`];
    const ratio = name === own ? "" : `bioengine is ${(medians[name] / medians[own]).toFixed(2)}× as fast`;
    console.log([titles[name].padEnd(36), ...figures.map((text) => text.padStart(14)), ratio].join("  "));
  }
  return medians[own];
}

/** What takes seconds or minutes: a round or a few, at the small size alone. */
async function compareCompressed(url, python, task, reference) {
  const few = { "pyotritonclient-none": 5, pyotritonclient: 1 };
  const said = {
    "pyotritonclient-none": "pyotritonclient, compression_algorithm=None (the answer is gzip all the same)",
    pyotritonclient: "pyotritonclient as it comes, gzip both ways (one round, and minutes at 2048²)",
  };
  await withPeers(Object.keys(few), url, python, async (peers) => {
    for (const [name, count] of Object.entries(few)) {
      const times = [];
      for (let round = 0; round < count; round++) times.push((await peers[name].ask(task)).ms);
      const time = median(times);
      console.log(`${said[name]}: ${ms(time)}, bioengine is ${(time / reference).toFixed(0)}× as fast`);
    }
  });
}

async function compareMemory(url, python, small, large) {
  const payload = 3 * large.size ** 2 * 4;
  console.log(
    `\nMemory: the growth of a fresh process's resident set, from right before its first call with 3 × ${large.size}²`,
    `float32 to the peak in it, as a multiple of these ${(payload / 1e6).toFixed(0)} MB. The image is there before and`,
    "not counted; the output is. A call with a small image came first.",
  );
  for (const name of [own, floor, "pyotritonclient-identity", "tritonclient"]) {
    const growths = [];
    for (let run = 0; run < 3; run++) {
      await withPeers([name], url, python, async ({ [name]: peer }) => {
        await peer.ask(small);
        growths.push((await peer.ask({ ...large, memory: true })).growth);
      });
    }
    const growth = median(growths);
    const text = `${(growth / payload).toFixed(2)}× (${(growth / 1e6).toFixed(0)} MB)`;
    console.log(`${titles[name].padEnd(38)} ${large.gives}: ${text}`);
  }
}

export async function bench() {
  setUpTriton();
  const { python } = setUpEnvironment("peers", "test/bench/client/requirements.txt");
  const place = mkdtempSync(join(tmpdir(), "bioengine-bench-"));
  const server = await startTriton({ models: Object.keys(models) });
  try {
    const taskOf = (model, size) => ({ ...models[model], size, path: join(place, `${size}.raw`) });
    for (const size of [512, 2048]) writeFileSync(join(place, `${size}.raw`), microscopyImage(size));
    for (const model of Object.keys(models)) {
      for (const size of [512, 2048]) {
        const task = taskOf(model, size);
        const reference = await withPeers(Object.keys(titles), server.url, python, (peers) =>
          compareTimes(peers, task, size),
        );
        if (size === 512) await compareCompressed(server.url, python, task, reference);
      }
      await compareMemory(server.url, python, taskOf(model, 512), taskOf(model, 2048));
    }
  } finally {
    await server.stop();
    rmSync(place, { recursive: true, force: true });
  }
}
