import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NdArray } from "@bioengine/ndarray";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundledPath, loadNetwork } from "../../src/index";
import { newAdamState, updateByAdam } from "../../src/training/adam";
import { GradientNetwork, type TrainedKind } from "../../src/training/gradientnetwork";
import { weightsOf } from "../../src/training/onnxweights";
import { seededRandom } from "../../src/training/random";
import { batchOf, cellposeTargetAt, drawn, drawnAt, SIDE, stardistTargetAt, weightAt } from "./discs";
import { norm } from "./norm";

/** What `training/record_losses.py` knows of a network from PyTorch. */
interface NetworkRecord {
  /** Before each step, and of the averaged weights after the last, in float32 and in float64. */
  readonly losses: readonly number[];
  readonly exact: readonly number[];
  /** Each `stride`-th of the first gradient, in float64. */
  readonly stride: number;
  readonly elements: readonly number[];
  /** The parts of the first gradient, in float64. */
  readonly tensors: readonly { readonly size: number; readonly norm: number; readonly sum: number }[];
}

const records: Record<TrainedKind, NetworkRecord> = JSON.parse(
  readFileSync(join(__dirname, "../fixtures/losses.json"), "utf8"),
);

const sumOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0);

/** How far a number is from the expected one, in parts of that. */
const deviation = (found: number, expected: number) => Math.abs(found - expected) / Math.abs(expected);

/** What training can have, by the processor; the second needs operators that are always there on x64. */
const graphNames = process.arch === "x64" ? ["gradient", "gradient-blocked"] : ["gradient"];

const graphPath = (kind: TrainedKind, name: string) => bundledPath(kind).replace(/\.onnx$/, `-${name}.onnx`);

const array = (shape: number[], buffer: Float32Array) => new NdArray({ dtype: "float32", shape, buffer });

type Loss = (weights: Float32Array) => Promise<number>;

/** The slope of a loss along a direction: by the gradient, and by central differences. */
async function slopes(lossOf: Loss, weights: Float32Array, gradient: Float32Array, direction: Float32Array) {
  const length = norm(direction);
  const away = 1e-3;
  const lossAt = (distance: number) =>
    lossOf(weights.map((weight, index) => weight + (distance / length) * direction[index]));
  const measured = ((await lossAt(away)) - (await lossAt(-away))) / (2 * away);
  return { computed: sumOf(gradient.map((slope, index) => (slope * direction[index]) / length)), measured };
}

/**
 * Directions along which a loss changes fast: a random half of the gradient, and the signs of a random half, which sees
 * all weights alike.
 */
function directionsOf(gradient: Float32Array): Float32Array[] {
  const random = seededRandom(5);
  return [
    gradient.map((slope) => (random() < 0.5 ? slope : 0)),
    gradient.map((slope) => (random() < 0.5 ? Math.sign(slope) : 0)),
  ];
}

/**
 * Measured: up to 2.4e-3 of the slope. The two losses, of about 0.06 and 0.2, are 4e-4 or more apart, and rounded by
 * 1e-7 at most; the rest is the loss's curve, which has kinks.
 */
const SLOPE_TOLERANCE = 1e-2;

for (const kind of ["cellpose", "stardist"] as const) {
  describe(kind, () => {
    const weights = weightsOf(readFileSync(bundledPath(kind)));
    const record = records[kind];
    const [inputs, outputs, grid, targetAt] =
      kind === "cellpose" ? ([2, 3, 1, cellposeTargetAt] as const) : ([1, 33, 2, stardistTargetAt] as const);
    let network: GradientNetwork;
    beforeAll(async () => {
      // One thread, so that sums have the same order whatever the count of processors.
      network = await GradientNetwork.load(kind, 1);
    });
    afterAll(() => network.close());

    test("gradient() gives PyTorch's loss and gradient", async () => {
      const { loss, gradient, length } = await network.gradient(weights, batchOf(kind));
      // Measured: 2e-7 and 5e-7; squares are added up in float32, those of each part by themselves.
      expect(deviation(length, norm(gradient))).toBeLessThan(5e-6);
      // Measured: 1.3e-6 and 2e-7, where PyTorch's own float32 is 6e-8 from its float64; a sum over all pixels.
      expect(deviation(loss, record.exact[0])).toBeLessThan(1e-5);
      let position = 0;
      for (const tensor of record.tensors) {
        const part = gradient.subarray(position, position + tensor.size);
        position += tensor.size;
        // Measured: 3e-7. A part that is off by a share of its length has a sum that is off by no more than this.
        const tolerance = 1e-5 * tensor.norm;
        expect(Math.abs(norm(part) - tensor.norm)).toBeLessThan(tolerance);
        expect(Math.abs(sumOf(part) - tensor.sum)).toBeLessThan(tolerance * Math.sqrt(tensor.size));
      }
      expect(gradient.length).toBe(position);
      const largest = Math.max(...record.elements.map(Math.abs));
      for (const [index, element] of record.elements.entries()) {
        // Measured: 2e-7.
        expect(Math.abs(gradient[index * record.stride] - element)).toBeLessThan(1e-5 * largest);
      }
    });

    test("gradient() and updateByAdam() have PyTorch's losses for 12 steps, and of the averaged weights", async () => {
      const batch = batchOf(kind);
      const state = newAdamState(weights.slice());
      const losses: number[] = [];
      for (let step = 1; step <= 12; step++) {
        const { loss, gradient, length } = await network.gradient(state.weights, batch);
        losses.push(loss);
        updateByAdam(state, gradient, 1e-3 * Math.min(1, step / 10), Math.min(1, 2 / length));
      }
      losses.push((await network.gradient(state.average, batch)).loss);
      expect(losses.length).toBe(record.exact.length);
      for (const [step, loss] of losses.entries()) {
        // Measured: 5e-6, and 1e-6 of PyTorch in float32. But where a unit switches or a gradient is almost 0, Adam
        // makes much of little: weights that differ by 5e-7 of theirs have taken PyTorch's losses 1.6e-3 away.
        expect(deviation(loss, record.exact[step])).toBeLessThan(5e-3);
      }
      expect(losses[12]).toBeLessThan(0.8 * losses[0]);
    });

    test("gradient() is the loss's slope by central differences", async () => {
      const batch = batchOf(kind);
      const { gradient } = await network.gradient(weights, batch);
      const lossOf: Loss = async (moved) => (await network.gradient(moved, batch)).loss;
      for (const direction of directionsOf(gradient)) {
        const { computed, measured } = await slopes(lossOf, weights, gradient, direction);
        expect(deviation(measured, computed)).toBeLessThan(SLOPE_TOLERANCE);
      }
    });

    test("gradient() of two images is the mean of those of each", async () => {
      // StarDist's distances count by the foreground of the whole batch: it must be as large in both images.
      const taught = kind === "cellpose" ? [0, 1] : [1, 1];
      const both = await network.gradient(weights, batchOf(kind, [0, 1], taught));
      const [first, second] = [
        await network.gradient(weights, batchOf(kind, [0], [taught[0]])),
        await network.gradient(weights, batchOf(kind, [1], [taught[1]])),
      ];
      // Measured: 8e-7 and 1.4e-7; the sums are of other lengths.
      expect(deviation((first.loss + second.loss) / 2, both.loss)).toBeLessThan(1e-5);
      const difference = both.gradient.map(
        (slope, index) => slope - (first.gradient[index] + second.gradient[index]) / 2,
      );
      expect(norm(difference) / norm(both.gradient)).toBeLessThan(1e-5);
    });

    test("the graph for any processor gives the same loss and gradient", async () => {
      const { image, target, pixelWeight } = batchOf(kind);
      const graph = await loadNetwork(graphPath(kind, "gradient"), { threads: 1 });
      const plain = await graph.run({
        weights: array([weights.length], weights),
        image: array([2, inputs, SIDE, SIDE], image),
        target: array([2, outputs, SIDE / grid, SIDE / grid], target),
        pixel_weight: array([2, 1, SIDE / grid, SIDE / grid], pixelWeight),
      });
      await graph.close();
      const { loss, gradient } = await network.gradient(weights, batchOf(kind));
      expect(deviation(plain.loss.item(), loss)).toBeLessThan(1e-5);
      const expected = plain.gradient.astype("float32").data;
      const difference = gradient.map((slope, index) => slope - expected[index]);
      // Measured: 3e-7; the sums have another order.
      expect(norm(difference) / norm(gradient)).toBeLessThan(1e-5);
    });

    test.each(graphNames)("the graph %s takes an image that is no square", async (name) => {
      const [height, width] = [SIDE, 96];
      const [rows, columns] = [height / grid, width / grid];
      const given = {
        image: array([1, inputs, height, width], drawn([1], inputs, 1, drawnAt, width)),
        target: array([1, outputs, rows, columns], drawn([1], outputs, grid, targetAt, width)),
        pixel_weight: array([1, 1, rows, columns], drawn([1], 1, grid, weightAt, width)),
      };
      const graph = await loadNetwork(graphPath(kind, name), { threads: 1 });
      const run = (moved: Float32Array) => graph.run({ weights: array([moved.length], moved), ...given });
      const lossOf: Loss = async (moved) => (await run(moved)).loss.item();
      const gradient = (await run(weights)).gradient.astype("float32").data;
      for (const direction of directionsOf(gradient)) {
        const { computed, measured } = await slopes(lossOf, weights, gradient, direction);
        expect(deviation(measured, computed)).toBeLessThan(SLOPE_TOLERANCE);
      }
      await graph.close();
    });
  });
}
