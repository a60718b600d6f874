import { type BorderMode, type Padded, padded, solidShape } from "./border";
import type { FootprintRun, Window } from "./footprint";

/** Whether the least or the largest value is taken. */
export type Extreme = "min" | "max";

/** target[i] = the extreme of target[i] and source[i + step], as far as there is one. */
function merge(target: Float64Array, source: Float64Array, step: number, extreme: Extreme): void {
  const end = source.length - step;
  if (extreme === "max") {
    for (let i = 0; i < end; i++) if (source[i + step] > target[i]) target[i] = source[i + step];
  } else {
    for (let i = 0; i < end; i++) if (source[i + step] < target[i]) target[i] = source[i + step];
  }
}

/**
 * Extremes of `length` values from each one on, `step` apart: by doubling, so that `length` costs its logarithm. Values
 * that reach over the end of a row are nonsense, and nobody reads them.
 */
function running(data: Float64Array, length: number, step: number, extreme: Extreme): void {
  let covered = 1;
  while (covered < length) {
    const more = Math.min(covered, length - covered);
    merge(data, data, more * step, extreme);
    covered += more;
  }
}

/** A window that is a full box. */
function boxOf({ runs, radii, size }: Window): readonly [number, number, number] | undefined {
  const sides = radii.map((radius) => 2 * radius + 1);
  const isBox = size === sides[0] * sides[1] * sides[2] && runs.every(({ length }) => length === sides[2]);
  return isBox ? [sides[0], sides[1], sides[2]] : undefined;
}

/** Take the extreme of a run's pixels into each row of a band of the result. */
function takeRun(
  result: Float64Array,
  source: Float64Array,
  { row, plane }: Padded,
  { start, rows, depth, height, width }: Band,
  from: number,
  extreme: Extreme,
): void {
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < rows; y++) {
      const at = (z * height + start + y) * width;
      const first = from + z * plane + y * row;
      if (extreme === "max") {
        for (let x = 0; x < width; x++) {
          const value = source[first + x];
          if (value > result[at + x]) result[at + x] = value;
        }
      } else {
        for (let x = 0; x < width; x++) {
          const value = source[first + x];
          if (value < result[at + x]) result[at + x] = value;
        }
      }
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

function filterBand(
  result: Float64Array,
  source: Padded,
  band: Band,
  { radii, runs }: Window,
  box: readonly [number, number, number] | undefined,
  extreme: Extreme,
): void {
  const { data: values, row, plane } = source;
  if (box) {
    running(values, box[2], 1, extreme);
    running(values, box[1], row, extreme);
    running(values, box[0], plane, extreme);
    takeRun(result, values, source, band, 0, extreme);
    return;
  }
  const middle = radii[0] * plane + radii[1] * row + radii[2];
  const placeOf = ({ z, y, x }: FootprintRun) => middle + z * plane + y * row + x;
  let covered = 1;
  // The shorter ones first: the running extremes are made longer as needed.
  for (const run of runs) {
    for (; 2 * covered <= run.length; covered *= 2) merge(values, values, covered, extreme);
    takeRun(result, values, source, band, placeOf(run), extreme);
    if (run.length > covered) {
      takeRun(result, values, source, band, placeOf(run) + run.length - covered, extreme);
    }
  }
}

// So many pixels of a band stay in a processor's cache.
const BAND = 1 << 16;

/**
 * The least or largest value under a window at each pixel (SciPy's `minimum_filter`, `maximum_filter`).
 *
 * @returns new values; NaN is never taken
 */
export function extremeFilter(
  data: Float64Array,
  shape: readonly number[],
  window: Window,
  extreme: Extreme,
  mode: BorderMode,
  cval: number,
): Float64Array {
  const solid = solidShape(shape);
  const [depth, height, width] = solid;
  const outside = extreme === "max" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const result = new Float64Array(data.length).fill(outside);
  const box = boxOf(window);
  const ordered = { ...window, runs: [...window.runs].sort((a, b) => a.length - b.length) };
  // Planes share their borders: a volume is one band.
  const most = depth > 1 ? height : Math.max(2 * window.radii[1] + 1, Math.ceil(BAND / width));
  for (let start = 0; start < height; start += most) {
    const stop = Math.min(height, start + most);
    const source = padded(data, solid, window.radii, mode, cval, [start, stop]);
    filterBand(result, source, { start, rows: stop - start, depth, height, width }, ordered, box, extreme);
  }
  return result;
}
