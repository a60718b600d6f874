import { itemSize, type NdArray } from "@bioengine/ndarray";
import { type BorderMode, numbersLike, type Padded, padded, solidShape } from "./border";
import type { FootprintRun, Window } from "./footprint";
import { numbersOf } from "./image";

/** Whether the least or the largest value is taken. */
export type Extreme = "min" | "max";

/**
 * Numbers whose extremes are searched for: integers of up to 16 bits as Int32Array, for which that takes no branch, all
 * others as Float64Array.
 */
export type Numbers = Int32Array | Float64Array;

/** An image's values for `extremeFilter`; perhaps the image's own memory. */
export const comparableOf = (image: NdArray): Numbers =>
  itemSize(image.dtype) <= 2 && !image.dtype.includes("float")
    ? image.astype("int32").data
    : numbersOf(image);

// So far from all integers of 16 bits that differences still fit into 32.
const LEAST = -(2 ** 30);

function raiseIntegers(target: Int32Array, at: number, source: Int32Array, from: number, count: number) {
  for (let i = 0; i < count; i++) {
    const value = source[from + i];
    const difference = target[at + i] - value;
    target[at + i] = value + (difference & ~(difference >> 31));
  }
}

function raiseFloats(target: Float64Array, at: number, source: Float64Array, from: number, count: number) {
  for (let i = 0; i < count; i++) if (source[from + i] > target[at + i]) target[at + i] = source[from + i];
}

/** Raise `count` values, from `at` on, to those of the source from `from` on. */
function raise(target: Numbers, at: number, source: Numbers, from: number, count: number): void {
  if (target instanceof Int32Array && source instanceof Int32Array) {
    raiseIntegers(target, at, source, from, count);
  } else if (target instanceof Float64Array && source instanceof Float64Array) {
    raiseFloats(target, at, source, from, count);
  }
}

/** Raise each value to the one that is `step` further, as far as there is one. */
const merge = (values: Numbers, step: number): void => raise(values, 0, values, step, values.length - step);

function negate(values: Numbers, from: number = 0, end: number = values.length): void {
  for (let i = from; i < end; i++) values[i] = -values[i];
}

/**
 * The largest of `length` values from each one on, `step` apart: by doubling, so that `length` costs its logarithm. Values
 * that reach over the end of a row are nonsense, and nobody reads them.
 */
function running(values: Numbers, length: number, step: number): void {
  let covered = 1;
  while (covered < length) {
    const more = Math.min(covered, length - covered);
    merge(values, more * step);
    covered += more;
  }
}

/** A window that is a full box. */
function boxOf({ runs, radii, size }: Window): readonly [number, number, number] | undefined {
  const sides = radii.map((radius) => 2 * radius + 1);
  const isBox = size === sides[0] * sides[1] * sides[2] && runs.every(({ length }) => length === sides[2]);
  return isBox ? [sides[0], sides[1], sides[2]] : undefined;
}

/** Raise each row of a band of the result to a run's pixels. */
function takeRun(result: Numbers, source: Padded<Numbers>, band: Band, from: number): void {
  const { start, rows, depth, height, width } = band;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < rows; y++) {
      const first = from + z * source.plane + y * source.row;
      raise(result, (z * height + start + y) * width, source.data, first, width);
    }
  }
}

/** Rows of an image. */
interface Band {
  readonly start: number;
  readonly rows: number;
  readonly depth: number;
  readonly height: number;
  readonly width: number;
}

/** The largest values of a band. */
function filterBand(
  result: Numbers,
  source: Padded<Numbers>,
  band: Band,
  { radii, runs }: Window,
  box: readonly [number, number, number] | undefined,
): void {
  const { data: values, row, plane } = source;
  if (box) {
    running(values, box[2], 1);
    running(values, box[1], row);
    running(values, box[0], plane);
    takeRun(result, source, band, 0);
    return;
  }
  const middle = radii[0] * plane + radii[1] * row + radii[2];
  const placeOf = ({ z, y, x }: FootprintRun) => middle + z * plane + y * row + x;
  let covered = 1;
  // The shorter ones first: the running extremes are made longer as needed.
  for (const run of runs) {
    for (; 2 * covered <= run.length; covered *= 2) merge(values, covered);
    takeRun(result, source, band, placeOf(run));
    if (run.length > covered) takeRun(result, source, band, placeOf(run) + run.length - covered);
  }
}

// So many pixels of a band stay in a processor's cache.
const BAND = 1 << 16;

/**
 * The least or largest value under a window at each pixel (SciPy's `minimum_filter`, `maximum_filter`).
 *
 * @returns new values; NaN is never taken
 */
export function extremeFilter<N extends Numbers>(
  data: N,
  shape: readonly number[],
  window: Window,
  extreme: Extreme,
  mode: BorderMode,
  cval: number,
): N {
  const solid = solidShape(shape);
  const [depth, height, width] = solid;
  const isInteger = data instanceof Int32Array;
  const outside = isInteger ? Math.max(LEAST / 2, Math.min(-LEAST / 2, cval)) : cval;
  const result = numbersLike(data, data.length);
  result.fill(isInteger ? LEAST : Number.NEGATIVE_INFINITY);
  const box = boxOf(window);
  const ordered = { ...window, runs: [...window.runs].sort((a, b) => a.length - b.length) };
  // Planes share their borders: a volume is one band.
  const most = depth > 1 ? height : Math.max(2 * window.radii[1] + 1, Math.ceil(BAND / width));
  for (let start = 0; start < height; start += most) {
    const stop = Math.min(height, start + most);
    const source = padded(data, solid, window.radii, mode, outside, [start, stop]);
    // The least values are the largest of the negative ones.
    if (extreme === "min") negate(source.data);
    filterBand(result, source, { start, rows: stop - start, depth, height, width }, ordered, box);
    if (extreme === "min" && depth === 1) negate(result, start * width, stop * width);
  }
  if (extreme === "min" && depth > 1) negate(result);
  return result;
}
