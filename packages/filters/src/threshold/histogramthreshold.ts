import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { type Bins, binsOf, cumulated, firstLargest } from "../bins";
import { checkImage } from "../image";
import { checkNumber } from "../option";

/** How a threshold of the histogram is found. */
export interface HistogramThresholdOptions {
  /** Number of bins for floats; integers have one each. Default 256. */
  nbins?: number;
}

const single = Math.fround;

function checkedBins(name: string, image: NdArray, options: HistogramThresholdOptions): Bins {
  const door = { name, action: "find a threshold", options: ["nbins"], aliases: { bins: "nbins" } };
  checkImage(image, door.action, [1, 2, 3, 4]);
  checkOptions(door, options);
  const { nbins = 256 } = options;
  checkNumber(door.action, "nbins", nbins, "a whole number above 0", Number.isInteger(nbins) && nbins > 0);
  return binsOf(image, nbins, door.action);
}

/**
 * The threshold that parts an image into two classes of least variance (Otsu 1979, scikit-image's `threshold_otsu`).
 *
 * @param image any axes and dtype, e.g. `[y, x]`; not modified
 * @returns foreground is above it: `image.greater(thresholdOtsu(image))`
 * @throws {RangeError} if a value is not finite
 * @example
 * const mask = image.greater(thresholdOtsu(image));
 */
export function thresholdOtsu(image: NdArray, options: HistogramThresholdOptions = {}): number {
  const { counts, centers, round } = checkedBins("thresholdOtsu", image, options);
  if (counts.length === 1 || counts.includes(image.size)) return Number(image.data[0]);
  const moments = counts.map((count, bin) => round(count * centers[bin]));
  const below = cumulated(counts, single);
  const above = cumulated(counts.slice().reverse(), single).reverse();
  const sumBelow = cumulated(moments, round);
  const sumAbove = cumulated(moments.slice().reverse(), round).reverse();
  const variances = centers.subarray(1).map((_, bin) => {
    const difference = round(round(sumBelow[bin] / below[bin]) - round(sumAbove[bin + 1] / above[bin + 1]));
    return round(single(below[bin] * above[bin + 1]) * round(difference ** 2));
  });
  return centers[firstLargest(variances)];
}

/**
 * The threshold of most correlation (Yen, Chang & Chang 1995, scikit-image's `threshold_yen`).
 *
 * @param image any axes and dtype; not modified
 * @returns foreground is above it
 * @throws {RangeError} if a value is not finite
 * @example
 * const mask = image.greater(thresholdYen(image));
 */
export function thresholdYen(image: NdArray, options: HistogramThresholdOptions = {}): number {
  const { counts, centers } = checkedBins("thresholdYen", image, options);
  if (centers.length === 1) return centers[0];
  const shares = counts.map((count) => single(count / image.size));
  const squares = shares.map((share) => single(share * share));
  const below = cumulated(shares, single);
  const squaresBelow = cumulated(squares, single);
  const squaresAbove = cumulated(squares.slice().reverse(), single).reverse();
  const criteria = centers.subarray(1).map((_, bin) => {
    const parted = single(single(below[bin] * single(1 - below[bin])) ** 2);
    const inverse = single(1 / single(squaresBelow[bin] * squaresAbove[bin + 1]));
    return single(Math.log(single(inverse * parted)));
  });
  return centers[firstLargest(criteria)];
}

/**
 * The first threshold that is midway between the means of its two classes (Ridler & Calvard 1978, scikit-image's
 * `threshold_isodata`).
 *
 * @param image any axes and dtype; not modified
 * @returns foreground is above it
 * @throws {RangeError} if a value is not finite
 * @example
 * const mask = image.greater(thresholdIsodata(image));
 */
export function thresholdIsodata(image: NdArray, options: HistogramThresholdOptions = {}): number {
  const { counts, centers, round } = checkedBins("thresholdIsodata", image, options);
  if (centers.length === 1 || counts.includes(image.size)) return Number(image.data[0]);
  const last = centers.length - 1;
  const below = cumulated(counts, single);
  const sums = cumulated(
    counts.map((count, bin) => round(count * centers[bin])),
    round,
  );
  const width = round(centers[1] - centers[0]);
  const found = centers.findIndex((center, bin) => {
    const lower = round(sums[bin] / below[bin]);
    const higher = round(round(sums[last] - sums[bin]) / single(below[last] - below[bin]));
    const distance = round(round(round(lower + higher) / 2) - center);
    return bin < last && distance >= 0 && distance < width;
  });
  if (found < 0) {
    throw new RangeError(
      "Cannot find a threshold: none is midway between its classes' means; use thresholdOtsu(image)",
    );
  }
  return centers[found];
}

/**
 * The threshold where the histogram is farthest below the line from its peak to its end (Zack, Rogers & Latt 1977,
 * scikit-image's `threshold_triangle`): for a faint foreground on a large background.
 *
 * @param image any axes and dtype; not modified
 * @returns foreground is above it
 * @throws {RangeError} if a value is not finite
 * @example
 * const mask = image.greater(thresholdTriangle(image));
 */
export function thresholdTriangle(image: NdArray, options: HistogramThresholdOptions = {}): number {
  const { counts, centers } = checkedBins("thresholdTriangle", image, options);
  const bins = counts.length;
  let low = counts.findIndex((count) => count > 0);
  const high =
    bins -
    1 -
    counts
      .slice()
      .reverse()
      .findIndex((count) => count > 0);
  if (low === high) return Number(image.data[0]);
  let peak = firstLargest(counts);
  const isFlipped = peak - low < high - peak;
  const ordered = isFlipped ? counts.slice().reverse() : counts;
  if (isFlipped) [low, peak] = [bins - high - 1, bins - peak - 1];
  const height = ordered[peak];
  const width = peak - low;
  const norm = Math.sqrt(height ** 2 + width ** 2);
  const lengths = Float64Array.from(
    { length: width },
    (_, x) => (height / norm) * x - (width / norm) * ordered[x + low],
  );
  const level = firstLargest(lengths) + low;
  return centers[isFlipped ? bins - level - 1 : level];
}

/**
 * The mean as a threshold (scikit-image's `threshold_mean`).
 *
 * @param image any axes and dtype; not modified
 * @returns foreground is above it
 * @throws {TypeError} if it is no NdArray
 * @example
 * const mask = image.greater(thresholdMean(image));
 */
export function thresholdMean(image: NdArray): number {
  checkImage(image, "find a threshold", [1, 2, 3, 4]);
  return image.mean();
}
