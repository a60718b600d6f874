import { type AdamState, updateByAdam } from "./adam";
import type { Batch, GradientNetwork } from "./gradientnetwork";
import type { CellposeSample, StardistSample } from "./preparedsample";
import { seededRandom } from "./random";
import { type Crop, cellposeCrop, stardistCrop } from "./trainingcrop";
import { trainingDiameter } from "./trainingdiameter";

/** Side of a crop that is learnt from, in pixels of the network. */
export const trainingCropSide = 128;

/** Crops of a sample that one iteration learns from. */
const BATCH = 2;

/** Iterations in which the learning rate grows to what was asked for. */
const WARM_UP = 10;

/** Longest gradient that is followed; a longer one is shortened to it. */
const LONGEST = 2;

/** An annotated image with what its network is to learn. */
export type TrainingSample =
  | { readonly kind: "cellpose"; readonly sample: CellposeSample }
  | { readonly kind: "stardist"; readonly sample: StardistSample };

/** How a network is trained. */
export interface NetworkTrainingOptions {
  /** Diameter in pixels of the network that the objects are brought to; undefined: as the network is used to. */
  readonly diameter: number | undefined;
  /** Of the crops; two trainings with the same seed and samples give the same weights. */
  readonly seed: number;
  /** Of Adam, after the first ten iterations; e.g. 0.001. */
  readonly learningRate: number;
}

/**
 * Fits the weights of a network to annotated images, iteration by iteration. All that it knows of iterations before is
 * in `state`: from a copy of it another training goes on alike.
 *
 * @example
 * const training = new NetworkTraining(network, state, { diameter: 17, seed: 0, learningRate: 1e-3 });
 * for (const sample of samples) await training.iterate(sample);
 * const trained = withWeights(onnx, training.state.average);
 */
export class NetworkTraining {
  /** @param state goes on from here; is changed in place */
  constructor(
    private readonly network: GradientNetwork,
    readonly state: AdamState,
    private readonly options: NetworkTrainingOptions,
  ) {}

  /**
   * Learn from two random crops of a sample. The crops depend on the seed and the count of iterations alone.
   *
   * @returns the loss before the update; `isGood` is false, and nothing changed, if it or its gradient is not finite
   */
  async iterate(sample: TrainingSample): Promise<{ loss: number; isGood: boolean }> {
    const { state, options } = this;
    const crops = Array.from({ length: BATCH }, (_, index) => this.crop(sample, index));
    const { loss, gradient, length } = await this.network.gradient(state.weights, batchOf(crops));
    if (!Number.isFinite(loss) || !Number.isFinite(length)) return { loss, isGood: false };
    const rate = options.learningRate * Math.min(1, (state.iterations + 1) / WARM_UP);
    updateByAdam(state, gradient, rate, Math.min(1, LONGEST / length));
    return { loss, isGood: true };
  }

  /** A crop of a sample as the network sees it, `[c, size, size]`: another than those of the next iteration. */
  example(sample: TrainingSample): Float32Array {
    return this.crop(sample, BATCH).input;
  }

  private crop(sample: TrainingSample, index: number): Crop {
    const random = seededRandom(this.options.seed, this.state.iterations, index);
    const diameter = this.options.diameter ?? trainingDiameter(sample.kind, sample.sample.diameter);
    const options = { size: trainingCropSide, diameter, random };
    return sample.kind === "cellpose"
      ? cellposeCrop(sample.sample, options)
      : stardistCrop(sample.sample, options);
  }
}

function batchOf(crops: readonly Crop[]): Batch {
  const joined = (part: keyof Crop) => {
    const { length } = crops[0][part];
    const all = new Float32Array(crops.length * length);
    for (const [index, crop] of crops.entries()) all.set(crop[part], index * length);
    return all;
  };
  return {
    count: crops.length,
    size: trainingCropSide,
    image: joined("input"),
    target: joined("target"),
    pixelWeight: joined("weight"),
  };
}
