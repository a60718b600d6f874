import { checkOptions, NdArray } from "@bioengine/ndarray";
import { extent } from "../bins";
import { solidShape } from "../border";
import { checkFootprint, connectivityFootprint, type Window, windowOf } from "../footprint";
import { checkSameShape, checkSpatialImage, numbersOf } from "../image";
import { extremeFilter } from "../morphology/extremum";
import { checkNumber } from "../option";
import { labelParts, type Part } from "./labelparts";
import { spacedPoints } from "./spacing";

/** Which peaks `peakLocalMax` gives. */
export interface PeakLocalMaxOptions {
  /** Least distance of two peaks, in pixels. Default 1. */
  minDistance?: number;
  /** Peaks are above it. Default: the image's least value. */
  thresholdAbs?: number;
  /** Peaks are above this share of the image's largest value. Default: none. */
  thresholdRel?: number;
  /** Width of the edge without peaks; true: `minDistance`, false: 0; or one for each axis. Default true. */
  excludeBorder?: boolean | number | readonly number[];
  /** Most peaks; the highest ones are given. Default: all. */
  numPeaks?: number;
  /** The neighbourhood that a peak is the highest of. Default: a square, or a cube, of `minDistance` to each side. */
  footprint?: NdArray;
  /** Labels in which peaks are searched for one by one, of the image's shape. Default: none. */
  labels?: NdArray;
  /** Most peaks of each label. Default: all. */
  numPeaksPerLabel?: number;
  /** How distances are measured: 2 Euclidean, Infinity (default) the largest difference along an axis. */
  pNorm?: number;
}

const door = {
  name: "peakLocalMax",
  action: "find peaks",
  options: [
    ...["minDistance", "thresholdAbs", "thresholdRel", "excludeBorder", "numPeaks", "footprint"],
    ...["labels", "numPeaksPerLabel", "pNorm"],
  ],
  aliases: { threshold: "thresholdAbs", distance: "minDistance", size: "minDistance", mask: "labels" },
};

interface Search {
  readonly window: Window;
  readonly threshold: number;
  readonly minDistance: number;
  readonly pNorm: number;
}

/** Mask pixels that nothing of a cross of three lies around wholly (SciPy's `binary_opening`). */
function isolated({ shape, mask = new Uint8Array(0) }: Part, ndim: number): Uint8Array {
  const cross = windowOf(connectivityFootprint(ndim, 1));
  const data = Float64Array.from(mask);
  const eroded = extremeFilter(data, shape, cross, "min", "constant", 0);
  const opened = extremeFilter(eroded, shape, cross, "max", "constant", 0);
  return mask.map((value, i) => (value === 1 && opened[i] === 0 ? 1 : 0));
}

/** Mark a part's peaks, before they are thinned out. */
function peaksOf(part: Part, { window, threshold }: Search, ndim: number): Uint8Array {
  const { data, shape, mask } = part;
  const peaks = new Uint8Array(data.length);
  if (window.size > 1 && data.length > 1) {
    const highest = extremeFilter(data, shape, window, "max", "nearest", 0);
    let isTrivial = true;
    for (let i = 0; i < data.length; i++) {
      if (data[i] === highest[i]) peaks[i] = 1;
      else if (mask === undefined || mask[i] === 1) isTrivial = false;
    }
    if (isTrivial && mask) peaks.set(isolated(part, ndim));
    else if (isTrivial) peaks.fill(0);
  } else peaks.fill(1);
  for (let i = 0; i < data.length; i++) if (!(data[i] > threshold)) peaks[i] = 0;
  return peaks;
}

/** Coordinates of marked pixels, the highest first and else in C order, thinned out. */
function highest(part: Part, peaks: Uint8Array, search: Search, most: number, ndim: number): number[] {
  const { data, shape, start } = part;
  const found: number[] = [];
  for (let i = 0; i < peaks.length; i++) if (peaks[i] === 1) found.push(i);
  found.sort((a, b) => data[b] - data[a]);
  const coordinates = found.flatMap((pixel) => {
    const rest = pixel % (shape[1] * shape[2]);
    const all = [Math.floor(pixel / (shape[1] * shape[2])), Math.floor(rest / shape[2]), rest % shape[2]];
    return all.map((at, axis) => at + start[axis]).slice(3 - ndim);
  });
  const { minDistance, pNorm } = search;
  const kept =
    minDistance > 1
      ? spacedPoints(Int32Array.from(coordinates), ndim, minDistance, pNorm, most)
      : Array.from({ length: Math.min(found.length, most) }, (_, row) => row);
  return kept.flatMap((row) => coordinates.slice(row * ndim, (row + 1) * ndim));
}

function borderWidths(image: NdArray, options: PeakLocalMaxOptions, minDistance: number): number[] {
  const { excludeBorder = true } = options;
  const widths = Array.isArray(excludeBorder)
    ? [...excludeBorder]
    : image.shape.map(() =>
        typeof excludeBorder === "number" ? excludeBorder : excludeBorder ? minDistance : 0,
      );
  const isRight =
    widths.length === image.ndim && widths.every((width) => Number.isInteger(width) && width >= 0);
  if (isRight) return widths;
  throw new RangeError(
    `Cannot ${door.action}: excludeBorder must be true, false, or whole numbers from 0, one or one for each axis, got [${widths.join(", ")}]`,
  );
}

/** Set what is near the edge to 0. */
function clearEdges(
  marks: Uint8Array | Int32Array,
  shape: readonly number[],
  widths: readonly number[],
): void {
  const lengths = solidShape(shape);
  const edges = [0, 0, 0, ...widths].slice(-3);
  if (edges.every((edge) => edge === 0)) return;
  const [, height, width] = lengths;
  for (let i = 0; i < marks.length; i++) {
    const at = [Math.floor(i / (height * width)), Math.floor(i / width) % height, i % width];
    if (at.some((index, axis) => index < edges[axis] || index >= lengths[axis] - edges[axis])) marks[i] = 0;
  }
}

function searchOf(image: NdArray, data: Float64Array, options: PeakLocalMaxOptions): Search {
  const {
    minDistance = 1,
    footprint,
    thresholdAbs,
    thresholdRel,
    pNorm = Number.POSITIVE_INFINITY,
  } = options;
  const { action } = door;
  checkNumber(
    action,
    "minDistance",
    minDistance,
    "a whole number from 0",
    Number.isInteger(minDistance) && minDistance >= 0,
  );
  checkNumber(action, "pNorm", pNorm, "at least 1", pNorm >= 1);
  if (footprint) checkFootprint(action, "peakLocalMax", image, footprint);
  const [low, high] = extent(data);
  const threshold = thresholdAbs ?? low;
  const side = 2 * minDistance + 1;
  const square = new Uint8Array(side ** image.ndim).fill(1);
  const around = new NdArray({ dtype: "uint8", shape: image.shape.map(() => side), buffer: square });
  return {
    window: windowOf(footprint ?? around),
    threshold: thresholdRel === undefined ? threshold : Math.max(threshold, thresholdRel * high),
    minDistance,
    pNorm,
  };
}

/**
 * Find the peaks of an image (scikit-image's `peak_local_max`): pixels that are the highest of their neighbourhood.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns int32 `[n, axis]`, one row of coordinates a peak, the highest first (label by label with `labels`)
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const peaks = peakLocalMax(distance, { minDistance: 5, labels: label(mask) });
 * const labels = watershed(distance.multiply(-1), peaks, { mask: mask });
 */
export function peakLocalMax(image: NdArray, options: PeakLocalMaxOptions = {}): NdArray<"int32"> {
  const { action } = door;
  checkSpatialImage(image, { ...door, isList: true });
  checkOptions(door, options);
  const {
    minDistance = 1,
    numPeaks = Number.POSITIVE_INFINITY,
    numPeaksPerLabel = Number.POSITIVE_INFINITY,
  } = options;
  const { labels } = options;
  const { ndim } = image;
  const data = numbersOf(image);
  const search = searchOf(image, data, options);
  const widths = borderWidths(image, options, minDistance);
  const shape = solidShape(image.shape);
  const whole: Part = { data, shape, start: [0, 0, 0] };
  let found: number[] = [];
  if (labels) {
    checkSameShape(image, labels, action, "the labels");
    const all = Int32Array.from(labels.astype("int32").data);
    const edged = all.slice();
    clearEdges(edged, image.shape, widths);
    for (const part of labelParts(data, all, edged, shape)) {
      found.push(...highest(part, peaksOf(part, search, ndim), search, numPeaksPerLabel, ndim));
    }
    if (found.length / ndim > numPeaks) {
      const marks = new Uint8Array(data.length);
      for (let row = 0; row < found.length; row += ndim) {
        const at = found
          .slice(row, row + ndim)
          .reduce((index, one, axis) => index * image.shape[axis] + one, 0);
        marks[at] = 1;
      }
      found = highest(whole, marks, search, numPeaks, ndim);
    }
  } else {
    const peaks = peaksOf(whole, search, ndim);
    clearEdges(peaks, image.shape, widths);
    found = highest(whole, peaks, search, numPeaks, ndim);
  }
  return new NdArray({ dtype: "int32", shape: [found.length / ndim, ndim], buffer: Int32Array.from(found) });
}
