import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { extent } from "../bins";
import { largestOf, numbersOf } from "../image";
import { checkDataRange, checkPair, rangeOf } from "./datarange";

/** What `peakSignalNoiseRatio` compares the error with. */
export interface PeakSignalNoiseRatioOptions {
  /**
   * How far values can lie apart. Default: from 0 to the largest value of the dtype, 1 for floats; where the true image has
   * negative values, from the least one.
   */
  dataRange?: number;
}

const door = { name: "peakSignalNoiseRatio", action: "compare images", options: ["dataRange"] };

function defaultRange(image: NdArray, low: number, high: number): number {
  const { dtype } = image;
  if (!dtype.includes("float")) return dtype === "bool" || low < 0 ? rangeOf(image) : largestOf(dtype);
  if (low >= -1 && high <= 1) return low < 0 ? 2 : 1;
  throw new RangeError(
    `Cannot ${door.action}: floats must be from -1 to 1 or have a range, got ${low} to ${high}; use peakSignalNoiseRatio(truth, image, { dataRange: ${high - low} })`,
  );
}

/**
 * How much stronger the brightest signal is than the error of an image (scikit-image's `peak_signal_noise_ratio`).
 *
 * @param truth any axes, e.g. `[y, x]`, and dtype; not modified
 * @param image of the same shape; not modified
 * @returns decibels, Infinity for equal images
 * @throws {TypeError} if an image is no NdArray, or an option is unknown
 * @throws {RangeError} if the shapes differ, floats have no known range, or it is out of range
 * @example
 * const decibels = peakSignalNoiseRatio(truth, denoised);
 */
export function peakSignalNoiseRatio(
  truth: NdArray,
  image: NdArray,
  options: PeakSignalNoiseRatioOptions = {},
): number {
  const { action } = door;
  checkPair(truth, image, action);
  checkOptions(door, options);
  const [a, b] = [numbersOf(truth), numbersOf(image)];
  const { dataRange = defaultRange(truth, ...extent(a)) } = options;
  checkDataRange(action, dataRange);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return 10 * Math.log10((dataRange * dataRange * a.length) / sum);
}
