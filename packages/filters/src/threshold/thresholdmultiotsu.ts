import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { binsOf } from "../bins";
import { checkImage } from "../image";
import { checkNumber } from "../option";

/** How many classes `thresholdMultiotsu` parts an image into. */
export interface ThresholdMultiotsuOptions {
  /** How many: 2 or more, one more than there are thresholds. Default 3. */
  classes?: number;
  /** Number of bins for floats; integers have one each. Default 256. */
  nbins?: number;
}

const door = {
  name: "thresholdMultiotsu",
  action: "find thresholds",
  options: ["classes", "nbins"],
  aliases: { bins: "nbins" },
};

const single = Math.fround;

/** The share of the variance between classes that lies in the bins from the first to the last, in float32. */
function shareOf(shares: Float64Array): (first: number, last: number) => number {
  const zeroth = new Float64Array(shares.length + 1);
  const first = new Float64Array(shares.length + 1);
  for (let bin = 0; bin < shares.length; bin++) {
    zeroth[bin + 1] = single(zeroth[bin] + shares[bin]);
    first[bin + 1] = single(first[bin] + single(bin * shares[bin]));
  }
  return (from, to) => {
    const weight = single(zeroth[to + 1] - zeroth[from]);
    if (!(weight > 0)) return 0;
    const moment = single(first[to + 1] - first[from]);
    return single(single(moment * moment) / weight);
  };
}

/** The bins that end all classes but the last, of most variance between them: best ways on from the best so far. */
function bestEnds(shares: Float64Array, classes: number): number[] {
  const share = shareOf(shares);
  const bins = shares.length;
  let sums = Float64Array.from(shares, (_, end) => share(0, end));
  const ways: Int32Array[] = [];
  for (let count = 2; count < classes; count++) {
    const next = new Float64Array(bins).fill(Number.NEGATIVE_INFINITY);
    const way = new Int32Array(bins);
    for (let end = count - 1; end < bins; end++) {
      for (let before = count - 2; before < end; before++) {
        const sum = single(sums[before] + share(before + 1, end));
        if (sum <= next[end]) continue;
        next[end] = sum;
        way[end] = before;
      }
    }
    ways.push(way);
    sums = next;
  }
  let [best, most] = [classes - 2, Number.NEGATIVE_INFINITY];
  for (let end = classes - 2; end < bins - 1; end++) {
    const sum = single(sums[end] + share(end + 1, bins - 1));
    if (sum > most) [best, most] = [end, sum];
  }
  const ends = [best];
  for (const way of ways.reverse()) ends.unshift(way[ends[0]]);
  return ends;
}

/**
 * The thresholds that part an image into classes of least variance (Liao, Chen & Chung 2001, scikit-image's
 * `threshold_multiotsu`): background, cytoplasm and nucleus, say.
 *
 * @param image any axes and dtype, e.g. `[y, x]`; not modified
 * @returns one threshold less than classes, ascending; a class is above its threshold
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if a value is not finite, or there are fewer values than classes
 * @example
 * const [cell, nucleus] = thresholdMultiotsu(image);
 * const nuclei = image.greater(nucleus);
 */
export function thresholdMultiotsu(image: NdArray, options: ThresholdMultiotsuOptions = {}): number[] {
  const { action } = door;
  checkImage(image, action, [1, 2, 3, 4]);
  checkOptions(door, options);
  const { classes = 3, nbins = 256 } = options;
  const isWhole = (value: number, least: number) => Number.isInteger(value) && value >= least;
  checkNumber(action, "classes", classes, "a whole number from 2", isWhole(classes, 2));
  checkNumber(action, "nbins", nbins, "a whole number above 0", isWhole(nbins, 1));
  const { counts, centers } = binsOf(image, nbins, action);
  const filled = Array.from(counts.keys()).filter((bin) => counts[bin] > 0);
  if (filled.length < classes) {
    throw new RangeError(
      `Cannot ${action}: there must be at least as many different values as classes, got ${filled.length} for ${classes}`,
    );
  }
  const shares = counts.map((count) => single(count / image.size));
  const ends = filled.length === classes ? filled.slice(0, -1) : bestEnds(shares, classes);
  return ends.map((bin) => centers[bin]);
}
