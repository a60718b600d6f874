import { readFileSync } from "node:fs";
import {
  bundledPath,
  GradientNetwork,
  NetworkTraining,
  newAdamState,
  prepareAnnotatedImage,
  trainingDiameter,
  weightsOf,
} from "@bioengine/engine";
import { median, ms } from "../timing.mjs";
import { startPeer } from "./peer.mjs";

/** Steps whose losses are compared; also the batches that PyTorch has, again and again. */
const compared = 12;
const [blocks, blockSteps] = [12, 6];

/** What both sides begin with: the bundled weights, and an image to take crops of. */
function beginning(kind, [image, labels]) {
  const sample = prepareAnnotatedImage(kind, { image, labels }, [1, 0], "bench");
  const weights = weightsOf(readFileSync(bundledPath(kind)));
  const options = { diameter: trainingDiameter(kind, sample.sample.diameter), seed: 0, learningRate: 1e-3 };
  const trainingOn = (network) => new NetworkTraining(network, newAdamState(weights.slice()), options);
  return { sample, weights, trainingOn };
}

/** The batches of the first steps: they depend on the seed and the count of steps alone. */
async function firstBatches({ sample, weights, trainingOn }) {
  const batches = [];
  const gradient = new Float32Array(weights.length).fill(1e-9);
  const training = trainingOn({
    async gradient(_, batch) {
      batches.push(batch);
      return { loss: 0, gradient, length: 1 };
    },
  });
  while (batches.length < compared) await training.iterate(sample);
  return batches;
}

/** Our steps: their losses, and their milliseconds from the whole batch on and from the making of its crops on. */
function ourSteps(network, { sample, trainingOn }) {
  let hasCrops;
  const training = trainingOn({
    gradient(weights, batch) {
      hasCrops = performance.now();
      return network.gradient(weights, batch);
    },
  });
  return async (count) => {
    const results = { ms: [], withCrops: [], losses: [] };
    for (let step = 0; step < count; step++) {
      const started = performance.now();
      const { loss } = await training.iterate(sample);
      const ended = performance.now();
      results.ms.push(ended - hasCrops);
      results.withCrops.push(ended - started);
      results.losses.push(loss);
    }
    return results;
  };
}

const largestDifference = (losses, expected) =>
  Math.max(...losses.slice(0, compared).map((loss, step) => Math.abs(loss / expected[step] - 1)));

/** Steps of ours and of PyTorch's in turn, blocks of some; the first block of each doesn't count. */
export async function benchSteps(python, kind, sample) {
  const ours = beginning(kind, sample);
  const peer = startPeer(python, kind, { weights: ours.weights, batches: await firstBatches(ours) });
  const network = await GradientNetwork.load(kind, 1);
  const step = ourSteps(network, ours);
  const all = { ms: [], withCrops: [], losses: [], NCHW: [], channels_last: [], expected: [] };
  try {
    for (let block = 0; block <= blocks; block++) {
      const own = await step(blockSteps);
      const plain = await peer.steps("NCHW", blockSteps);
      const last = await peer.steps("channels_last", blockSteps);
      all.losses.push(...own.losses);
      all.expected.push(...plain.losses);
      if (block === 0) continue;
      all.ms.push(...own.ms);
      all.withCrops.push(...own.withCrops);
      all.NCHW.push(...plain.ms);
      all.channels_last.push(...last.ms);
    }
  } finally {
    peer.end();
    await network.close();
  }
  const own = median(all.ms);
  const beside = ["NCHW", "channels_last"].map((layout) => {
    const theirs = median(all[layout]);
    return `${ms(theirs)}: ${(theirs / own).toFixed(2)}×`;
  });
  const difference = largestDifference(all.losses, all.expected).toExponential(1);
  console.log(`| ${[kind, ms(own), ms(median(all.withCrops)), ...beside, difference].join(" | ")} |`);
}
