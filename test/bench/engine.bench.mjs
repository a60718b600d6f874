// The engine's post-processing against cellpose's and StarDist's own, on what the bundled networks see in real nuclei,
// and the networks in Node against the same files in Python's ONNX Runtime. One thread each, in turn.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { labelsFromStarDist, masksFromFlows } from "@bioengine/engine";
import { NdArray } from "@bioengine/ndarray";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { installRequirements, setUpEnvironment } from "../environment.mjs";
import { agreement } from "./engine/agreement.mjs";
import { nuclei } from "./engine/mosaic.mjs";
import { median, ms } from "./timing.mjs";

const folder = join(fileURLToPath(import.meta.url), "..");
const weights = join(folder, "../../packages/engine/weights");
const runs = { 256: 15, 512: 11, 1024: 7, 2048: 3 };

function startPeer(python) {
  const child = spawn(python, [join(folder, "engine/peer.py")], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async ask(task) {
      child.stdin.write(`${JSON.stringify(task)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`The Python peer ended with ${child.exitCode}`);
      return JSON.parse(value).ms;
    },
    end: () => child.stdin.end(),
  };
}

/** Times of our work and of the peer's, in turn, after one run of both that doesn't count. */
async function inTurn(count, ours, theirs) {
  const times = { ours: [], theirs: [] };
  for (let run = -1; run < count; run++) {
    const started = performance.now();
    await ours();
    const own = performance.now() - started;
    const peers = await theirs();
    if (run < 0) continue;
    times.ours.push(own);
    times.theirs.push(peers);
  }
  return { ours: median(times.ours), theirs: median(times.theirs) };
}

const line = (title, { ours, theirs }, peer, rest = "") =>
  console.log(
    `${title}: bioengine ${ms(ours)}, ${peer} ${ms(theirs)}, ratio ${(theirs / ours).toFixed(1)}×${rest}`,
  );

const float32 = (shape, buffer) => new NdArray({ dtype: "float32", shape, buffer });

/** What a network sees: its outputs' values by name. */
async function predict(session, planes, side) {
  const [name] = session.inputNames;
  const results = await session.run({
    [name]: new Tensor("float32", planes, [1, planes.length / side ** 2, side, side]),
  });
  return Object.fromEntries(session.outputNames.map((output) => [output, results[output].data]));
}

async function benchPostProcessing(peer, sessions, scratch, side) {
  const image = await nuclei(side);
  const save = (name, values) => {
    const path = join(scratch, `${name}${side}`);
    writeFileSync(path, values);
    return path;
  };
  const compare = async (title, work, inputs, ours, peerName) => {
    let labels;
    const output = join(scratch, `${work}${side}.labels`);
    const times = await inTurn(
      runs[side],
      () => {
        labels = ours();
      },
      () => peer.ask({ work, inputs, output }),
    );
    const bytes = readFileSync(output);
    const expected = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    const { mean, poor, ...counts } = agreement(expected, labels.data);
    const rest = `; ${counts.found} masks of ${counts.expected}, mean IoU ${mean.toFixed(5)}, ${poor} below 0.999`;
    line(`${title} ${side} × ${side}`, times, peerName, rest);
  };

  const both = new Float32Array(2 * side * side);
  both.set(image);
  const { flows } = await predict(sessions.cellpose, both, side);
  const [vectors, logits] = [flows.slice(0, 2 * side * side), flows.slice(2 * side * side)];
  await compare(
    "masksFromFlows",
    "flows",
    [
      [save("vectors", vectors), [2, side, side]],
      [save("logits", logits), [side, side]],
    ],
    () => masksFromFlows(float32([2, side, side], vectors), float32([side, side], logits)),
    "cellpose compute_masks",
  );

  const { probability, distances } = await predict(sessions.stardist, image, side);
  const half = side / 2;
  const scores = float32([half, half], probability);
  const reach = float32([32, half, half], distances).transpose([1, 2, 0]);
  await compare(
    "labelsFromStarDist",
    "stars",
    [
      [save("probability", probability), [half, half]],
      // As StarDist's own network lays them out.
      [save("distances", reach.copy().data), [half, half, 32]],
    ],
    () => labelsFromStarDist(scores, reach),
    "stardist NMS + polygons_to_label",
  );
}

async function benchNetwork(peer, sessions, scratch, side) {
  const image = await nuclei(side);
  for (const [name, session] of Object.entries(sessions)) {
    const channels = name === "cellpose" ? 2 : 1;
    const planes = new Float32Array(channels * side * side);
    planes.set(image);
    const path = join(scratch, `${name}${side}`);
    writeFileSync(path, planes);
    const inputs = [[path, [1, channels, side, side]]];
    const times = await inTurn(
      runs[side],
      () => predict(session, planes, side),
      () => peer.ask({ work: "network", model: join(weights, `${name}.onnx`), inputs }),
    );
    line(`${name} network ${side} × ${side}`, times, "the same file in Python's onnxruntime");
  }
}

export async function bench() {
  const environment = setUpEnvironment("bench-engine", "test/bench/engine/requirements.txt", ["--no-deps"]);
  installRequirements(environment, "test/bench/engine/torch/requirements.txt");
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 };
  const sessions = {};
  for (const name of ["cellpose", "stardist"]) {
    sessions[name] = await InferenceSession.create(join(weights, `${name}.onnx`), options);
  }
  const scratch = mkdtempSync(join(tmpdir(), "bioengine-bench-"));
  const peer = startPeer(environment.python);
  try {
    for (const side of [512, 1024, 2048]) await benchPostProcessing(peer, sessions, scratch, side);
    console.log("These networks are ours, and smaller than cellpose's and StarDist's official ones:");
    for (const side of [256, 512, 1024]) await benchNetwork(peer, sessions, scratch, side);
  } finally {
    peer.end();
    rmSync(scratch, { recursive: true, force: true });
  }
}
