import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { binsOf } from "../bins";
import { checkImage } from "../image";
import { checkNumber } from "../option";

/** How `thresholdMinimum` smooths the histogram. */
export interface ThresholdMinimumOptions {
  /** Number of bins for floats; integers have one each. Default 256. */
  nbins?: number;
  /** How often the histogram is smoothed at most. Default 10000. */
  maxNumIter?: number;
}

const door = {
  name: "thresholdMinimum",
  action: "find a threshold",
  options: ["nbins", "maxNumIter"],
  aliases: { bins: "nbins", maxIter: "maxNumIter" },
};

/** The mean of each bin and its two neighbours, in float32, the sum being brought from bin to bin. */
function smoothed(counts: Float32Array): Float32Array {
  const last = counts.length - 1;
  const result = new Float32Array(counts.length);
  let sum = counts[0] + counts[0] + counts[Math.min(1, last)];
  for (let bin = 0; bin <= last; bin++) {
    result[bin] = sum / 3;
    sum += counts[Math.min(bin + 2, last)] - counts[Math.max(bin - 1, 0)];
  }
  return result;
}

/** Where counts stop rising. */
function peaksOf(counts: Float32Array): number[] {
  const peaks: number[] = [];
  let isRising = true;
  for (let bin = 0; bin < counts.length - 1; bin++) {
    if (isRising && counts[bin + 1] < counts[bin]) {
      isRising = false;
      peaks.push(bin);
    } else if (!isRising && counts[bin + 1] > counts[bin]) isRising = true;
  }
  return peaks;
}

/**
 * The threshold in the valley of a histogram that is smoothed until it has two peaks (Prewitt & Mendelsohn 1966,
 * scikit-image's `threshold_minimum`).
 *
 * @param image any axes and dtype, e.g. `[y, x]`; not modified
 * @returns foreground is above it
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if a value is not finite, or the histogram doesn't come to two peaks
 * @example
 * const mask = image.greater(thresholdMinimum(image));
 */
export function thresholdMinimum(image: NdArray, options: ThresholdMinimumOptions = {}): number {
  const { action } = door;
  checkImage(image, action, [1, 2, 3, 4]);
  checkOptions(door, options);
  const { nbins = 256, maxNumIter = 10000 } = options;
  const isCount = (value: number) => Number.isInteger(value) && value > 0;
  checkNumber(action, "nbins", nbins, "a whole number above 0", isCount(nbins));
  checkNumber(action, "maxNumIter", maxNumIter, "a whole number above 0", isCount(maxNumIter));
  const { counts, centers } = binsOf(image, nbins, action);
  let histogram: Float32Array = Float32Array.from(counts);
  let peaks = [0, 0, 0];
  for (let turn = 0; turn < maxNumIter && peaks.length > 2; turn++) {
    histogram = smoothed(histogram);
    peaks = peaksOf(histogram);
  }
  if (peaks.length !== 2) {
    throw new RangeError(
      `Cannot ${action}: the smoothed histogram must have two peaks, got ${peaks.length}; use thresholdOtsu(image)`,
    );
  }
  let lowest = peaks[0];
  for (let bin = peaks[0]; bin <= peaks[1]; bin++) if (histogram[bin] < histogram[lowest]) lowest = bin;
  return centers[lowest];
}
