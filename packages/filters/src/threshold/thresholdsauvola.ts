import { checkOptions, type DType, type NdArray } from "@bioengine/ndarray";
import { visitBoxSums } from "../filter/boxsums";
import { checkSpatialImage, type Floats, floatImage, largestOf, scaledOf } from "../image";
import { checkNumber, perAxis } from "../option";

/** How `thresholdNiblack` takes the neighbourhood. */
export interface ThresholdNiblackOptions {
  /** Odd side of the neighbourhood in pixels, one for all axes or one for each. Default 15. */
  windowSize?: number | readonly number[];
  /** How much the standard deviation counts. Default 0.2. */
  k?: number;
}

/** How `thresholdSauvola` takes the neighbourhood. */
export interface ThresholdSauvolaOptions extends ThresholdNiblackOptions {
  /** The largest standard deviation that there may be. Default: half of the dtype's range, of floats half of -1 .. 1. */
  r?: number;
}

const action = "find local thresholds";
const checkShare = (k: number) => checkNumber(action, "k", k, "a finite number", Number.isFinite(k));
const aliases = { blockSize: "windowSize", size: "windowSize" };

/** What a threshold is made of: `mean · flat + deviation · (mean · steep + spread)`. */
interface Weights {
  readonly flat: number;
  readonly steep: number;
  readonly spread: number;
}

/** Set thresholds, the first of them at `at`, by the sums of so many values and of their squares. */
function setThresholds(
  target: Floats,
  at: number,
  sums: Float64Array,
  squares: Float64Array,
  count: number,
  { flat, steep, spread }: Weights,
): void {
  const share = 1 / count;
  for (let i = 0; i < sums.length; i++) {
    const sum = sums[i];
    const mean = sum * share;
    // Of whole numbers this is exact, and 0 where all are equal.
    const variance = count * squares[i] - sum * sum;
    const deviation = variance < 0 ? 0 : Math.sqrt(variance) * share;
    target[at + i] = mean * flat + deviation * (mean * steep + spread);
  }
}

/** A threshold from mean and standard deviation of each neighbourhood, mirrored beyond the edge without repeating it. */
function thresholds(image: NdArray, windowSize: number | readonly number[], weights: Weights) {
  const { shape, ndim } = image;
  const isOdd = (one: number) => Number.isInteger(one) && one > 0 && one % 2 === 1;
  const sides = perAxis(action, "windowSize", windowSize, ndim, "odd", isOdd);
  const { values } = scaledOf(image, true);
  const result = values instanceof Float32Array ? new Float32Array(image.size) : new Float64Array(image.size);
  const count = sides.reduce((product, side) => product * side, 1);
  const summands = [false, true].map((squared) => ({ values, squared }));
  visitBoxSums(summands, shape, sides, { mode: "mirror", cval: 0 }, (at, [sums, squares]) => {
    setThresholds(result, at, sums, squares, count, weights);
  });
  return floatImage(result, image);
}

/**
 * A threshold for each pixel: the mean of its neighbourhood less `k` standard deviations (Niblack 1986, scikit-image's
 * `threshold_niblack`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns thresholds in the image's unit, float64, or float32 for float32 images
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if a side is even
 * @example
 * const mask = image.greater(thresholdNiblack(image, { windowSize: 25, k: -0.5 }));
 */
export function thresholdNiblack(
  image: NdArray,
  options: ThresholdNiblackOptions = {},
): NdArray<"float32" | "float64"> {
  checkSpatialImage(image, { name: "thresholdNiblack", action });
  checkOptions({ name: "thresholdNiblack", action, options: ["windowSize", "k"], aliases }, options);
  const { windowSize = 15, k = 0.2 } = options;
  checkShare(k);
  return thresholds(image, windowSize, { flat: 1, steep: 0, spread: -k });
}

/** Between a dtype's least and largest value. */
function rangeOf(dtype: DType): number {
  if (dtype.includes("float")) return 2;
  if (dtype === "bool") return 1;
  return dtype.startsWith("u") ? largestOf(dtype) : 2 * largestOf(dtype) + 1;
}

/**
 * A threshold for each pixel: the mean of its neighbourhood, lowered where that is flat (Sauvola & Pietikäinen 2000,
 * scikit-image's `threshold_sauvola`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns thresholds in the image's unit, float64, or float32 for float32 images
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if a side is even, or `r` isn't above 0
 * @example
 * const mask = image.greater(thresholdSauvola(image, { windowSize: 25 }));
 */
export function thresholdSauvola(
  image: NdArray,
  options: ThresholdSauvolaOptions = {},
): NdArray<"float32" | "float64"> {
  checkSpatialImage(image, { name: "thresholdSauvola", action });
  checkOptions({ name: "thresholdSauvola", action, options: ["windowSize", "k", "r"], aliases }, options);
  const { dtype } = image;
  const { windowSize = 15, k = 0.2, r = rangeOf(dtype) / 2 } = options;
  checkShare(k);
  checkNumber(action, "r", r, "above 0", r > 0);
  return thresholds(image, windowSize, { flat: 1 - k, steep: k / r, spread: 0 });
}
