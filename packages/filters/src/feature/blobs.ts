import { checkOptions, type Door, NdArray, type SpaceDoor } from "@bioengine/ndarray";
import { checkSpatialImage, type Floats } from "../image";
import { frameOf } from "../neighbourhood";
import { checkNumber, perAxis } from "../option";
import { withoutOverlaps } from "./bloboverlap";

/** Which blobs are found. */
export interface BlobOptions {
  /** Least standard deviation in pixels, one for all axes or one for each. Default 1. */
  minSigma?: number | readonly number[];
  /** Largest standard deviation. Default 50. */
  maxSigma?: number | readonly number[];
  /** Blobs' answers are above it; see the function for its default. */
  threshold?: number;
  /** Blobs' answers are above this share of the largest one, too. Default: none. */
  thresholdRel?: number;
  /** A blob is left out if more than this share of it, 0 to 1, is in a larger one. Default 0.5. */
  overlap?: number;
  /** Width of the edge without blobs, one for all axes or one for each. Default 0; false: 0. */
  excludeBorder?: number | false | readonly number[];
}

/** Options that all blob detectors have. */
export const blobOptions: readonly string[] = [
  "minSigma",
  "maxSigma",
  "threshold",
  "thresholdRel",
  "overlap",
  "excludeBorder",
];

/** How clear blobs of a size are at each pixel. */
export interface BlobLayer {
  readonly sigmas: readonly number[];
  readonly response: Floats;
}

/** A peak among pixels and sizes. */
interface Peak {
  readonly pixel: number;
  readonly layer: number;
  readonly value: number;
}

/**
 * Check the options, and give the range of standard deviations.
 *
 * @throws {TypeError} if the image is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 */
export function checkBlobs(
  door: Door & SpaceDoor,
  image: NdArray,
  options: BlobOptions,
): [low: number[], high: number[]] {
  const { action } = door;
  checkSpatialImage(image, { ...door, isList: true }, [2, 3]);
  checkOptions(door, options);
  const { minSigma = 1, maxSigma = 50, threshold = 0, thresholdRel = 0, overlap = 0.5 } = options;
  const low = perAxis(action, "minSigma", minSigma, image.ndim, "above 0", (one) => one > 0);
  const high = perAxis(action, "maxSigma", maxSigma, image.ndim, "above 0", (one) => one > 0);
  const isRising = high.every((one, axis) => Number.isFinite(one) && one >= low[axis]);
  if (!isRising) {
    throw new RangeError(
      `Cannot ${action}: maxSigma must be at least minSigma, got [${high.join(", ")}] below [${low.join(", ")}]`,
    );
  }
  checkNumber(action, "threshold", threshold, "a number", !Number.isNaN(threshold));
  checkNumber(action, "thresholdRel", thresholdRel, "from 0 to 1", thresholdRel >= 0 && thresholdRel <= 1);
  checkNumber(action, "overlap", overlap, "from 0 to 1", overlap >= 0 && overlap <= 1);
  return [low, high];
}

/** The pixels of each layer that are as high as all around them there, and in the layers before and behind. */
function peaksOf(layers: Iterable<BlobLayer>, shape: readonly number[], threshold: number) {
  const { size, steps, fill } = frameOf(shape, shape.length);
  const count = shape.reduce((product, length) => product * length);
  const pixels = fill(
    new Int32Array(size).fill(-1),
    Int32Array.from({ length: count }, (_, pixel) => pixel),
  );
  const around = [0, ...steps];
  const nothing = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  const found: Peak[] = [];
  const sigmas: (readonly number[])[] = [];
  let highest = Number.NEGATIVE_INFINITY;
  const search = (layer: number, before: Float64Array, values: Float64Array, behind: Float64Array) => {
    for (let at = 0; at < size; at++) {
      const value = values[at];
      if (value > highest) highest = value;
      if (!(value > threshold)) continue;
      const isLower = (step: number): boolean =>
        before[at + step] > value || values[at + step] > value || behind[at + step] > value;
      if (!around.some(isLower)) found.push({ pixel: pixels[at], layer, value });
    }
  };
  let [before, values] = [nothing, nothing];
  for (const layer of layers) {
    const behind = fill(nothing.slice(), new Float64Array(layer.response));
    if (sigmas.length > 0) search(sigmas.length - 1, before, values, behind);
    sigmas.push(layer.sigmas);
    [before, values] = [values, behind];
  }
  search(sigmas.length - 1, before, values, nothing);
  return { found, sigmas, highest };
}

/** The widths of the edges without blobs. */
function edgesOf(action: string, excludeBorder: BlobOptions["excludeBorder"], ndim: number): number[] {
  const isWhole = (width: number) => Number.isInteger(width) && width >= 0;
  return perAxis(action, "excludeBorder", excludeBorder || 0, ndim, "whole numbers from 0", isWhole);
}

/**
 * Find blobs in what answers to them, size by size.
 *
 * @param layers the smallest size first
 * @returns `[n, axis]` coordinates with standard deviations behind them
 */
export function blobsIn(
  layers: Iterable<BlobLayer>,
  { shape }: NdArray,
  { action }: Door,
  options: BlobOptions & { readonly threshold: number },
): NdArray<"float64"> {
  const { minSigma, maxSigma, threshold, thresholdRel, overlap = 0.5, excludeBorder } = options;
  const edges = edgesOf(action, excludeBorder, shape.length);
  const { found, sigmas, highest } = peaksOf(layers, shape, threshold);
  const least = thresholdRel === undefined ? threshold : Math.max(threshold, thresholdRel * highest);
  const placeOf = (pixel: number): number[] => {
    let rest = pixel;
    return shape.map((_, axis) => {
      const stride = shape.slice(axis + 1).reduce((product, length) => product * length, 1);
      const index = Math.floor(rest / stride);
      rest -= index * stride;
      return index;
    });
  };
  const isScalar = !Array.isArray(minSigma) && !Array.isArray(maxSigma);
  const blobs = found
    .filter(({ value }) => value > least)
    .sort((a, b) => b.value - a.value || a.pixel - b.pixel || a.layer - b.layer)
    .map(({ pixel, layer }) => ({
      place: placeOf(pixel),
      sigmas: isScalar ? sigmas[layer].slice(0, 1) : sigmas[layer],
    }))
    .filter(({ place }) =>
      place.every((index, axis) => index >= edges[axis] && index < shape[axis] - edges[axis]),
    );
  const rows = withoutOverlaps(blobs, overlap).map((blob) => [...blob.place, ...blob.sigmas]);
  const columns = shape.length + (isScalar ? 1 : shape.length);
  return new NdArray({
    dtype: "float64",
    shape: [rows.length, columns],
    buffer: Float64Array.from(rows.flat()),
  });
}
