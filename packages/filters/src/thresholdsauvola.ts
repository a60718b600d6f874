import type { DType, NdArray } from "@bioengine/ndarray";
import { averageAxis } from "./correlation";
import { checkImage, floatImage, largestOf, newFloatsOf } from "./image";
import { checkNumber, checkOptions, perAxis } from "./option";

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
const aliases = { blockSize: "windowSize", size: "windowSize" };

/** A threshold from mean and standard deviation of each neighbourhood, mirrored beyond the edge without repeating it. */
function thresholds(
  image: NdArray,
  { windowSize = 15, k = 0.2 }: ThresholdNiblackOptions,
  thresholdOf: (mean: number, deviation: number, k: number) => number,
) {
  const { shape, ndim } = image;
  const isOdd = (one: number) => Number.isInteger(one) && one > 0 && one % 2 === 1;
  const sides = perAxis(action, "windowSize", windowSize, ndim, "odd", isOdd);
  checkNumber(action, "k", k, "a finite number", Number.isFinite(k));
  const values = newFloatsOf(image, true);
  const means = new Float64Array(values);
  const deviations = new Float64Array(values.length);
  for (let i = 0; i < means.length; i++) deviations[i] = means[i] * means[i];
  for (const [axis, side] of sides.entries()) {
    for (const data of [means, deviations]) averageAxis(data, shape, axis, side, { mode: "mirror", cval: 0 });
  }
  const result = values;
  for (let i = 0; i < result.length; i++) {
    const mean = means[i];
    result[i] = thresholdOf(mean, Math.sqrt(Math.max(0, deviations[i] - mean * mean)), k);
  }
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
  checkImage(image, action);
  checkOptions({ name: "thresholdNiblack", action, options: ["windowSize", "k"], aliases }, options);
  return thresholds(image, options, (mean, deviation, k) => mean - k * deviation);
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
  checkImage(image, action);
  checkOptions({ name: "thresholdSauvola", action, options: ["windowSize", "k", "r"], aliases }, options);
  const { dtype } = image;
  const { r = rangeOf(dtype) / 2 } = options;
  checkNumber(action, "r", r, "above 0", r > 0);
  return thresholds(image, options, (mean, deviation, k) => mean * (1 + k * (deviation / r - 1)));
}
