import { join } from "node:path";
import { NdArray } from "@bioengine/ndarray";
import { loadNetwork, type Network } from "../network";

/** What tells the training of one network from that of the other. */
export type TrainedKind = "cellpose" | "stardist";

/** A batch of crops, C-ordered. */
export interface Batch {
  readonly count: number;
  /** Side of a crop, in pixels of the network. */
  readonly size: number;
  /** `[n, c, size, size]`. */
  readonly image: Float32Array;
  /** `[n, output, size / grid, size / grid]`. */
  readonly target: Float32Array;
  /** `[n, 1, size / grid, size / grid]`, 0 where the target says nothing. */
  readonly pixelWeight: Float32Array;
}

/** Channels of the image and of the target, and pixels of the image for one of the target, on each axis. */
const shapes = {
  cellpose: { inputs: 2, outputs: 3, grid: 1 },
  stardist: { inputs: 1, outputs: 33, grid: 2 },
};

/**
 * Computes the loss of a batch and its gradient by all weights, through a graph that `training/gradient.py` derived
 * from the bundled network: of two that compute the same, the faster one that can be loaded here.
 *
 * @example
 * const network = await GradientNetwork.load("cellpose");
 * const training = new NetworkTraining(network, state, { diameter: 17, seed: 0, learningRate: 1e-3 });
 */
export class GradientNetwork {
  private constructor(
    private readonly network: Network,
    private readonly kind: TrainedKind,
  ) {}

  /** @param threads how many processors one gradient may use, from 1; default: all */
  static async load(kind: TrainedKind, threads?: number): Promise<GradientNetwork> {
    // Beside a training other work goes on: it doesn't wait busily.
    const graph = (name: string) =>
      loadNetwork(join(__dirname, "../../weights", `${name}.onnx`), { threads, waitsBusily: false });
    // The faster graph has operators that ONNX Runtime knows on some processors only; elsewhere it can't be loaded.
    const network = await graph(`${kind}-gradient-blocked`).catch(() => graph(`${kind}-gradient`));
    return new GradientNetwork(network, kind);
  }

  /**
   * @param weights as `weightsOf` gives them; not modified
   * @returns the loss, its gradient by each weight in a new array, and the gradient's Euclidean length; a length that is
   * not finite has an element that isn't, or squares beyond float32
   */
  async gradient(
    weights: Float32Array,
    batch: Batch,
  ): Promise<{ loss: number; gradient: Float32Array; length: number }> {
    const { inputs, outputs, grid } = shapes[this.kind];
    const { count, size } = batch;
    const side = size / grid;
    const array = (shape: number[], buffer: Float32Array) => new NdArray({ dtype: "float32", shape, buffer });
    const results = await this.network.run({
      weights: array([weights.length], weights),
      image: array([count, inputs, size, size], batch.image),
      target: array([count, outputs, side, side], batch.target),
      pixel_weight: array([count, 1, side, side], batch.pixelWeight),
    });
    const { loss, gradient, length } = results;
    return { loss: loss.item(), gradient: gradient.astype("float32").data, length: length.item() };
  }

  /** Free its memory; it must not be used any more. */
  close(): Promise<void> {
    return this.network.close();
  }
}
