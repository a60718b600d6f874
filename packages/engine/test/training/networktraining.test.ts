import { readFileSync } from "node:fs";
import { type NdArray, ndarray } from "@bioengine/ndarray";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundledPath } from "../../src/index";
import { type AdamState, newAdamState } from "../../src/training/adam";
import { prepareAnnotatedImage } from "../../src/training/annotatedimage";
import { GradientNetwork } from "../../src/training/gradientnetwork";
import { NetworkTraining, type TrainingSample, trainingCropSide } from "../../src/training/networktraining";
import { randomWeights, weightsOf } from "../../src/training/onnxweights";
import { fixture } from "../fixture";
import { norm } from "./norm";
import { haveSameBits } from "./samebits";

/** An image for labels: objects of different brightness, and a little noise that repeats. */
function imageOf(labels: NdArray): NdArray {
  const [height, width] = labels.shape;
  const values = Float32Array.from(labels.astype("int32").data, (label, pixel) => {
    const object = label > 0 ? 60 + ((label * 37) % 50) : 0;
    return 20 + object + ((pixel * 7919) % 13);
  });
  return ndarray(values, [height, width, 1]);
}

const nuclei = fixture("targets.bin.gz", [])["nuclei labels"];

const copyOf = (state: AdamState): AdamState => structuredClone(state);

function expectSame(found: AdamState, expected: AdamState): void {
  expect(found.iterations).toBe(expected.iterations);
  for (const part of ["weights", "average", "first", "second"] as const) {
    expect(haveSameBits(found[part], expected[part]), part).toBe(true);
  }
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

for (const kind of ["cellpose", "stardist"] as const) {
  describe(kind, () => {
    const file = readFileSync(bundledPath(kind));
    const options = { diameter: kind === "cellpose" ? 17 : 24, seed: 1, learningRate: 1e-3 };
    const sampleOf = (labels: NdArray): TrainingSample =>
      prepareAnnotatedImage(kind, { image: imageOf(labels), labels }, [1, 0], "nuclei");
    const sample = sampleOf(nuclei);
    let network: GradientNetwork;
    beforeAll(async () => {
      // One thread: others only wait for it here, at the expense of other tests.
      network = await GradientNetwork.load(kind, 1);
    });
    afterAll(() => network.close());

    const bundled = () => newAdamState(weightsOf(file));

    async function lossesOf(
      training: NetworkTraining,
      iterations: number,
      learnt = sample,
    ): Promise<number[]> {
      const losses: number[] = [];
      for (let iteration = 0; iteration < iterations; iteration++) {
        const { loss, isGood } = await training.iterate(learnt);
        expect(isGood).toBe(true);
        losses.push(loss);
      }
      return losses;
    }

    test("iterate() gives the same losses and weights for one seed, others for another, and after a stop too", async () => {
      const whole = new NetworkTraining(network, bundled(), options);
      const losses = await lossesOf(whole, 4);
      const again = new NetworkTraining(network, bundled(), options);
      expect(await lossesOf(again, 2)).toEqual(losses.slice(0, 2));
      const other = new NetworkTraining(network, copyOf(again.state), { ...options, seed: 2 });
      const resumed = new NetworkTraining(network, copyOf(again.state), options);
      expect(await lossesOf(resumed, 2)).toEqual(losses.slice(2));
      expectSame(resumed.state, whole.state);
      expect(await lossesOf(other, 1)).not.toEqual(losses.slice(2, 3));
      await lossesOf(again, 2);
      expectSame(again.state, whole.state);
    });

    test("iterate() lowers the loss of one image, from random weights", async () => {
      const training = new NetworkTraining(network, newAdamState(randomWeights(file, 1)), options);
      const losses = await lossesOf(training, 30);
      // Measured: 0.54 (cellpose) and 0.43; crops that are harder than others are in both.
      expect(meanOf(losses.slice(-5)) / meanOf(losses.slice(0, 5))).toBeLessThan(0.75);
      expect(training.state.iterations).toBe(30);
    });

    test("iterate() warms up, and shortens a long gradient", async () => {
      // Three times the weights make the loss, and its gradient, huge.
      const state = newAdamState(weightsOf(file).map((weight) => 3 * weight));
      const before = state.weights.slice();
      await lossesOf(new NetworkTraining(network, state, options), 1);
      // Adam's first update moves each weight by the rate, whatever the gradient: here by a tenth of 0.001.
      const moved = state.weights.map((weight, index) => Math.abs(weight - before[index]));
      const most = moved.reduce((greatest, distance) => Math.max(greatest, distance));
      expect(most).toBeGreaterThan(0.99e-4);
      // Of a weight of up to 4, rounding moves half a unit in the last place, 2.4e-7.
      expect(most).toBeLessThan(1e-4 + 2.4e-7);
      // The moving average has a tenth of the gradient, whose length is 2.
      expect(norm(state.first)).toBeCloseTo(0.2, 5);
    });

    test("iterate() refuses a loss that is not finite, and changes nothing then", async () => {
      const trained = new NetworkTraining(network, bundled(), options);
      await lossesOf(trained, 1);
      for (const value of [Number.NaN, 1e30, Number.POSITIVE_INFINITY]) {
        const state = copyOf(trained.state);
        state.weights.fill(value);
        const before = copyOf(state);
        const { loss, isGood } = await new NetworkTraining(network, state, options).iterate(sample);
        expect(isGood).toBe(false);
        expect(Number.isFinite(loss)).toBe(false);
        expectSame(state, before);
      }
      await lossesOf(trained, 1);
    });

    test("iterate() learns from images smaller than a crop", async () => {
      for (const labels of [nuclei.slice([30, 50], [20, 50]), nuclei.slice([35, 36], [24, 40])]) {
        const training = new NetworkTraining(network, bundled(), options);
        const losses = await lossesOf(training, 2, sampleOf(labels));
        expect(losses.every((loss) => loss > 0)).toBe(true);
        expect(haveSameBits(training.state.weights, weightsOf(file))).toBe(false);
      }
    });

    test("example() gives a crop as the network sees it, and leaves the training alone", async () => {
      const training = new NetworkTraining(network, bundled(), options);
      const example = training.example(sample);
      expect(example.length).toBe((kind === "cellpose" ? 2 : 1) * trainingCropSide ** 2);
      expect(example.every(Number.isFinite)).toBe(true);
      expect(haveSameBits(training.example(sample), example)).toBe(true);
      expectSame(training.state, bundled());
      await lossesOf(training, 1);
      expect(haveSameBits(training.example(sample), example)).toBe(false);
    });
  });
}
