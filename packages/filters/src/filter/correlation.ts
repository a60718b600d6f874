import { axisLayout } from "../axislayout";
import type { Border } from "../border";
import type { Floats, Scaled } from "../image";
import { filterRows, type RowFilter } from "./rowfilter";
import { itself, reachOf, scaled, type Tap, totalOf } from "./taps";

// With fewer values side by side, all pixels of a row are filtered at once.
const NARROW = 16;

// Further along a row, too much beyond a strip would be filtered down the columns for it.
const NEAR = 40;

/** The filters that are needed, from the first axis to the last, two in one where they are neighbours. */
function filtersOf(shape: readonly number[], kernels: readonly (readonly Tap[] | undefined)[]): RowFilter[] {
  const filters: RowFilter[] = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const taps = kernels[axis];
    if (!taps) continue;
    const { outer, length, inner } = axisLayout(shape, axis);
    if (inner >= NARROW) {
      filters.push({ shape: [outer, length, inner], down: taps, along: itself, step: 1 });
      continue;
    }
    const down = axis > 0 && reachOf(taps) <= NEAR ? kernels[axis - 1] : undefined;
    const rows = down ? shape[axis - 1] : 1;
    filters.push({
      shape: down ? [outer / rows, rows, length * inner] : [1, outer, length * inner],
      down: down ?? itself,
      along: taps,
      step: inner,
    });
    if (down) axis--;
  }
  return filters.reverse();
}

/**
 * Correlate with weights along each axis (SciPy's `correlate1d`); sums in float64.
 *
 * @param image its values are not modified
 * @param kernels the weights along each axis, if any
 * @param border what is beyond the edge, in the scaled unit
 * @returns new floats, float32 for float32
 */
export function correlated(
  { values, scale }: Scaled,
  shape: readonly number[],
  kernels: readonly (readonly Tap[] | undefined)[],
  { mode, cval }: Border,
): Floats {
  const whole: RowFilter = { shape: [1, 1, values.length], down: itself, along: itself, step: 1 };
  const [first = whole, ...others] = filtersOf(shape, kernels);
  const filter = (source: Scaled["values"], outside: number, by: RowFilter): Floats => {
    const target =
      source instanceof Float32Array ? new Float32Array(source.length) : new Float64Array(source.length);
    filterRows(source, target, by, { mode, cval: outside });
    return target;
  };
  let result = filter(values, cval / scale, { ...first, down: scaled(first.down, scale) });
  let outside = cval * totalOf(first.down) * totalOf(first.along);
  for (const other of others) {
    result = filter(result, outside, other);
    // What is beyond the edge is filtered too.
    outside *= totalOf(other.down) * totalOf(other.along);
  }
  return result;
}

/** Correlate along one axis after the other, each with the same value beyond the edge, as SciPy does. */
export function correlatedInTurn(
  image: Scaled,
  shape: readonly number[],
  kernels: readonly (readonly Tap[] | undefined)[],
  border: Border,
): Floats {
  if (border.mode !== "constant") return correlated(image, shape, kernels, border);
  return kernels.reduce((source, taps, axis) => {
    const one = shape.map((_, other) => (other === axis ? taps : undefined));
    return taps ? { values: correlated(source, shape, one, border), scale: 1 } : source;
  }, image).values as Floats;
}
