import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { binsOf } from "../bins";
import { checkImage, numbersOf } from "../image";
import { checkNumber } from "../option";

/** How `thresholdLi` ends and begins. */
export interface ThresholdLiOptions {
  /** Ends when a step is smaller. Default: half of the least difference between values, 0.5 for integers. */
  tolerance?: number;
  /** The first threshold. Default: the mean. */
  initialGuess?: number;
}

/** Means of the values up to a threshold, and above it. */
type Means = (threshold: number) => [back: number, fore: number];

const meansOf =
  (values: Float64Array, weights?: Float64Array): Means =>
  (threshold) => {
    let [back, backs, fore, fores] = [0, 0, 0, 0];
    for (let i = 0; i < values.length; i++) {
      const weight = weights ? weights[i] : 1;
      if (values[i] > threshold) {
        fore += weight * values[i];
        fores += weight;
      } else {
        back += weight * values[i];
        backs += weight;
      }
    }
    return [back / backs, fore / fores];
  };

/** Half of the least difference between two values. */
function halfStep(values: Float64Array): number {
  const sorted = values.slice().sort();
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < sorted.length; i++) {
    const difference = sorted[i] - sorted[i - 1];
    if (difference > 0 && difference < least) least = difference;
  }
  return least / 2;
}

const door = { name: "thresholdLi", action: "find a threshold", options: ["tolerance", "initialGuess"] };

/** The first threshold, from the least value on. */
function startOf({ initialGuess }: ThresholdLiOptions, mean: number, low: number, high: number): number {
  if (initialGuess === undefined) return mean;
  const isRight = initialGuess > low && initialGuess < high;
  checkNumber(door.action, "initialGuess", initialGuess, `between ${low} and ${high}`, isRight);
  return initialGuess - low;
}

/** The iteration, on values of which the least is 0. */
function iterate(means: Means, start: number, tolerance: number): number {
  let next = start;
  let current = -2 * tolerance;
  while (Math.abs(next - current) > tolerance) {
    current = next;
    const [back, fore] = means(current);
    if (back === 0) break;
    next = (back - fore) / (Math.log(back) - Math.log(fore));
  }
  return next;
}

/** The threshold of integers, from their histogram. */
function integerThreshold(image: NdArray, options: ThresholdLiOptions): number {
  const { counts, centers } = binsOf(image, 256, door.action);
  const [low, high] = [centers[0], centers[centers.length - 1]];
  if (low === high) return low;
  const values = centers.map((center) => center - low);
  const sum = values.reduce((total, value, bin) => total + counts[bin] * value, 0);
  const start = startOf(options, sum / image.size, low, high);
  const first = options.initialGuess === undefined ? start : Math.trunc(start);
  return iterate(meansOf(values, counts), first, options.tolerance ?? 0.5) + low;
}

/**
 * The threshold of least cross-entropy (Li & Lee 1993, by the iteration of Li & Tam 1998; scikit-image's
 * `threshold_li`).
 *
 * @param image any axes and dtype; NaN and infinities are left out; not modified
 * @returns foreground is above it; NaN if all is NaN, and the value of a flat image. For float32 images scikit-image
 *   sums in float32: the results agree to 1e-6
 * @throws {RangeError} if the first guess is out of the image's range
 * @example
 * const mask = image.greater(thresholdLi(image));
 */
export function thresholdLi(image: NdArray, options: ThresholdLiOptions = {}): number {
  checkImage(image, door.action, [1, 2, 3, 4]);
  checkOptions(door, options);
  const { tolerance = 1 } = options;
  checkNumber(door.action, "tolerance", tolerance, "above 0", tolerance > 0);
  if (!image.dtype.includes("float")) return integerThreshold(image, options);
  const numbers = numbersOf(image);
  const values = new Float64Array(numbers.length);
  let [count, infinite, low, largest] = [0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i];
    if (Number.isFinite(value)) {
      values[count++] = value;
      if (value < low) low = value;
      if (value > largest) largest = value;
    } else if (!Number.isNaN(value)) infinite = infinite === -value ? 0 : value;
  }
  // Nothing but infinities: their own one, or 0 where both are.
  if (count === 0) return infinite;
  if (low === largest && Number.isNaN(infinite)) return low;
  const finite = values.subarray(0, count);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    finite[i] -= low;
    sum += finite[i];
  }
  const start = startOf(options, sum / count, low, largest);
  return iterate(meansOf(finite), start, options.tolerance ?? halfStep(finite)) + low;
}
