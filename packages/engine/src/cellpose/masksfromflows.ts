import { NdArray } from "@bioengine/ndarray";
import { keepSizes } from "../extent";
import { fillHoles } from "../holes";
import { flowErrors } from "./flowerror";
import { followFlows } from "./follow";
import { labelSinks } from "./sinks";

/** How flows become masks. */
export interface MasksFromFlowsOptions {
  /** Largest flow error that a mask may have, 0 to 4; 0 switches the check off. Default 0.4. */
  flowThreshold?: number;
  /** Smallest cell probability (a logit, about -6 to 6) of a foreground pixel. Default 0. */
  cellProbabilityThreshold?: number;
  /** Smallest mask in pixels; -1 or 0 keeps every one. Default 15. */
  minSize?: number;
}

const STEPS = 200;

/** Masks of a larger share of the image are dropped, as cellpose does. */
const LARGEST_SHARE = 0.4;

/** Indices of the pixels over the threshold; what isn't finite is background. */
function foregroundOf(flows: Float32Array, probability: Float32Array, threshold: number): Int32Array {
  const size = probability.length;
  const isInside = (pixel: number): boolean =>
    probability[pixel] > threshold &&
    probability[pixel] < Number.POSITIVE_INFINITY &&
    Number.isFinite(flows[pixel]) &&
    Number.isFinite(flows[size + pixel]);
  let count = 0;
  for (let pixel = 0; pixel < size; pixel++) if (isInside(pixel)) count++;
  const foreground = new Int32Array(count);
  for (let pixel = 0, start = 0; pixel < size; pixel++) if (isInside(pixel)) foreground[start++] = pixel;
  return foreground;
}

/**
 * What `masksFromFlows` does, on plain arrays.
 *
 * @param flows `[2, y, x]`, five times unit vectors, y before x; not modified
 * @param probability `[y, x]`, logits; not modified
 * @returns `[y, x]`, 0 = background, 1 .. n without gaps
 */
export function labelsOfFlows(
  flows: Float32Array,
  probability: Float32Array,
  height: number,
  width: number,
  options: MasksFromFlowsOptions = {},
): Int32Array {
  const { flowThreshold = 0.4, cellProbabilityThreshold = 0, minSize = 15 } = options;
  const foreground = foregroundOf(flows, probability, cellProbabilityThreshold);
  const ends = followFlows(flows, foreground, height, width, STEPS);
  const labels = labelSinks(foreground, ends, height, width);
  let count = keepSizes(labels, 1, LARGEST_SHARE * height * width);
  if (flowThreshold > 0 && count > 0) {
    const errors = flowErrors(flows, labels, height, width, count);
    for (let pixel = 0; pixel < labels.length; pixel++)
      if (errors[labels[pixel]] > flowThreshold) labels[pixel] = 0;
  }
  count = keepSizes(labels, Math.max(1, minSize));
  if (minSize > 0) {
    fillHoles(labels, height, width, count);
    keepSizes(labels, minSize);
  }
  return labels;
}

/**
 * Turn cellpose's flows into masks: follow the flows, group the pixels that meet, drop masks that the flows don't
 * support, fill holes, drop small ones. As `compute_masks` of cellpose 3.1 (Stringer, Wang, Michaelos and
 * Pachitariu, "Cellpose: a generalist algorithm for cellular segmentation", Nature Methods 2021); like it, a mask of
 * more than 40 % of the image is dropped. Pixels whose flow or probability isn't finite are background.
 *
 * @param flows `[2, y, x]` float32, five times unit vectors, y before x; not modified
 * @param cellProbability `[y, x]` float32, logits; not modified
 * @returns `[y, x]` int32, 0 = background, 1 .. n without gaps
 * @throws {TypeError} if an input is not float32
 * @throws {RangeError} if the shapes don't fit
 * @example
 * masksFromFlows(flows, cellProbability, { flowThreshold: 0.8 }).max();
 */
export function masksFromFlows(
  flows: NdArray,
  cellProbability: NdArray,
  options: MasksFromFlowsOptions = {},
): NdArray<"int32"> {
  const { data: vectors } = flows;
  const { data: probabilities } = cellProbability;
  if (!(vectors instanceof Float32Array) || !(probabilities instanceof Float32Array)) {
    throw new TypeError(
      `Cannot make masks: flows and cell probability must be float32, got ${flows.dtype} and ${cellProbability.dtype}; use flows.astype("float32")`,
    );
  }
  const [height = 0, width = 0] = cellProbability.shape;
  if (cellProbability.ndim !== 2 || flows.shape.join() !== `2,${height},${width}`) {
    throw new RangeError(
      `Cannot make masks: the axes must be [2, y, x] and [y, x], got shapes [${flows.shape.join(", ")}] and [${cellProbability.shape.join(", ")}]`,
    );
  }
  const labels = labelsOfFlows(vectors, probabilities, height, width, options);
  return new NdArray({ dtype: "int32", shape: [height, width], buffer: labels, role: "labels" });
}
