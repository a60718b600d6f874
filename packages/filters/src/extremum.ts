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

/** Take the extreme of a run's pixels into each row of the result. */
function takeRun(
  result: Float64Array,
  source: Float64Array,
  { row, plane }: Padded,
  [depth, height, width]: readonly [number, number, number],
  from: number,
  extreme: Extreme,
): void {
  let at = 0;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const start = from + z * plane + y * row;
      if (extreme === "max") {
        for (let x = 0; x < width; x++, at++)
          if (source[start + x] > result[at]) result[at] = source[start + x];
      } else {
        for (let x = 0; x < width; x++, at++)
          if (source[start + x] < result[at]) result[at] = source[start + x];
      }
    }
  }
}

/**
 * The least or largest value under a window at each pixel (SciPy's `minimum_filter`, `maximum_filter`).
 *
 * @returns new values; NaN is never taken, unless it is the window's first
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
  const { radii, runs } = window;
  const source = padded(data, solid, radii, mode, cval);
  const { data: values, row, plane } = source;
  const start = extreme === "max" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const result = new Float64Array(data.length).fill(start);
  const middle = radii[0] * plane + radii[1] * row + radii[2];
  const box = boxOf(window);
  if (box) {
    running(values, box[2], 1, extreme);
    running(values, box[1], row, extreme);
    running(values, box[0], plane, extreme);
    takeRun(result, values, source, solid, 0, extreme);
    return result;
  }
  // Shorter runs first: the running extremes are made longer as needed.
  const placeOf = ({ z, y, x }: FootprintRun) => middle + z * plane + y * row + x;
  let covered = 1;
  for (const run of [...runs].sort((a, b) => a.length - b.length)) {
    for (; 2 * covered <= run.length; covered *= 2) merge(values, values, covered, extreme);
    takeRun(result, values, source, solid, placeOf(run), extreme);
    if (run.length > covered) {
      takeRun(result, values, source, solid, placeOf(run) + run.length - covered, extreme);
    }
  }
  return result;
}
