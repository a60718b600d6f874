import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { channelsOf, checkChannels } from "../channels";
import { smoothed } from "../filter/gaussian";
import { boxMeans } from "../filter/uniformfilter";
import { numbersOf } from "../image";
import { checkNumber } from "../option";
import { checkDataRange, checkPair, rangeOf } from "./datarange";

/** How `structuralSimilarity` compares. */
export interface StructuralSimilarityOptions {
  /** Length of the window's sides, odd. Default 7, and what the Gaussian needs with `gaussianWeights`. */
  winSize?: number;
  /** How far values can lie apart. Default: that of the dtype; to be given for floats. */
  dataRange?: number;
  /** The axis of the channels, which are compared one by one: -1 for `[y, x, c]`. Default: the known one, if any. */
  channelAxis?: number;
  /** Weigh a window's pixels by a Gaussian. Default false. */
  gaussianWeights?: boolean;
  /** Standard deviation of that Gaussian in pixels. Default 1.5. */
  sigma?: number;
  /** Divide covariances by one less than the window's pixels. Default true; false as in the paper. */
  useSampleCovariance?: boolean;
}

const door = {
  name: "structuralSimilarity",
  action: "compare images",
  options: ["winSize", "dataRange", "channelAxis", "gaussianWeights", "sigma", "useSampleCovariance"],
  aliases: { multichannel: "channelAxis" },
};

// Where Gaussian weights end, in standard deviations, and the paper's K1 and K2.
const TRUNCATE = 3.5;
const [MEANS, VARIANCES] = [0.01, 0.03];

/** The settings of one comparison, with nothing left out. */
interface Settings {
  readonly side: number;
  readonly range: number;
  /** Weighted means around each pixel. */
  readonly average: (values: Float64Array) => ArrayLike<number>;
  /** What covariances are multiplied with. */
  readonly unbias: number;
}

/** Whether an element is as far from the edges as a window reaches. */
function isInner(index: number, shape: readonly number[], reach: number): boolean {
  let rest = index;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const at = rest % shape[axis];
    if (at < reach || at >= shape[axis] - reach) return false;
    rest = Math.floor(rest / shape[axis]);
  }
  return true;
}

/** The mean similarity of two images of one channel. */
function similarity(
  a: Float64Array,
  b: Float64Array,
  shape: readonly number[],
  { side, range, average, unbias }: Settings,
): number {
  const product = (one: Float64Array, other: Float64Array) => one.map((value, i) => value * other[i]);
  const [meanA, meanB] = [average(a), average(b)];
  const [squareA, squareB, both] = [average(product(a, a)), average(product(b, b)), average(product(a, b))];
  const [c1, c2] = [(MEANS * range) ** 2, (VARIANCES * range) ** 2];
  let [sum, count] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    if (!isInner(i, shape, (side - 1) / 2)) continue;
    const [x, y] = [meanA[i], meanB[i]];
    const variances = unbias * (squareA[i] - x * x + (squareB[i] - y * y));
    const covariance = unbias * (both[i] - x * y);
    sum += ((2 * x * y + c1) * (2 * covariance + c2)) / ((x * x + y * y + c1) * (variances + c2));
    count++;
  }
  return sum / count;
}

/** The range of values, given or that of the dtype. */
function rangeFor(image: NdArray, other: NdArray, given: number | undefined): number {
  const { action } = door;
  const isFloat = image.dtype.includes("float") || other.dtype.includes("float");
  if (given === undefined && isFloat) {
    throw new RangeError(
      `Cannot ${action}: dataRange must be given for floats, got none; use structuralSimilarity(…, { dataRange: image.max() - image.min() })`,
    );
  }
  const range = given ?? rangeOf(image);
  checkDataRange(action, range);
  return range;
}

/**
 * How alike two images look, by means, contrast and structure (scikit-image's `structural_similarity`, Wang 2004).
 *
 * @param image `[y, x]` or `[z, y, x]`, or with channels, any dtype; not modified
 * @param other of the same shape; not modified
 * @returns from -1 to 1, which is equal
 * @throws {TypeError} if an image is no NdArray, or an option is unknown
 * @throws {RangeError} if the shapes differ, the window is larger than the image, or an option is out of range
 * @example
 * const alike = structuralSimilarity(truth, denoised, { dataRange: 1 });
 */
export function structuralSimilarity(
  image: NdArray,
  other: NdArray,
  options: StructuralSimilarityOptions = {},
): number {
  const { action } = door;
  checkPair(image, other, action);
  checkOptions(door, options);
  const { channelAxis, gaussianWeights = false, sigma = 1.5, useSampleCovariance = true } = options;
  const { axis, spatial } = checkChannels(image, { ...door, other: "other", isList: true }, channelAxis);
  checkNumber(action, "sigma", sigma, "above 0", sigma > 0);
  const range = rangeFor(image, other, options.dataRange);
  const { winSize: side = gaussianWeights ? 2 * Math.floor(TRUNCATE * sigma + 0.5) + 1 : 7 } = options;
  const least = Math.min(...spatial);
  const isSide = Number.isInteger(side) && side % 2 === 1 && side > 1 && side <= least;
  checkNumber(action, "winSize", side, `odd, from 3 to the image's shortest side, ${least}`, isSide);
  const border = { mode: "reflect", cval: 0 } as const;
  const average = (values: Float64Array) => {
    const source = { values, scale: 1 };
    return gaussianWeights
      ? smoothed(
          source,
          spatial,
          spatial.map(() => sigma),
          border,
          TRUNCATE,
        )
      : boxMeans(
          source,
          spatial,
          spatial.map(() => side),
          border,
        );
  };
  const pixels = side ** spatial.length;
  const settings = { side, range, average, unbias: useSampleCovariance ? pixels / (pixels - 1) : 1 };
  const others = channelsOf(numbersOf(other), image.shape, axis);
  const found = channelsOf(numbersOf(image), image.shape, axis).map((channel, i) =>
    similarity(channel, others[i], spatial, settings),
  );
  return found.reduce((sum, value) => sum + value, 0) / found.length;
}
