import { type DType, exactNumber, isBig, type TypedArray } from "./dtype";
import { axisIndex, sizeOf } from "./layout";
import { quantileOf } from "./quantile";

/** A reduction of numbers to one number. */
export type Reduction = (values: ArrayLike<number>) => number;

/** Names of the reductions. */
export type ReductionName = "sum" | "mean" | "min" | "max" | "std" | "any" | "all" | "argmax";

/** The elements as numbers, of which none is rounded. */
export const numbersOf = ({ dtype, data }: { dtype: DType; data: TypedArray }): ArrayLike<number> =>
  isBig(dtype) ? Float64Array.from(data, exactNumber) : (data as Float64Array);

const requireSome = (values: ArrayLike<number>, name: string) => {
  if (values.length === 0)
    throw new RangeError(`Cannot take the ${name}: the array must have elements, got none`);
};

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

const mean: Reduction = (values) => sum(values) / values.length;

function extreme(values: ArrayLike<number>, name: string, better: (a: number, b: number) => boolean): number {
  requireSome(values, name);
  let best = values[0];
  for (let i = 1; i < values.length; i++) {
    const value = values[i];
    if (better(value, best)) best = value;
    else if (Number.isNaN(value)) return Number.NaN;
  }
  return best;
}

function std(values: ArrayLike<number>): number {
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - centre) ** 2;
  return Math.sqrt(squares / values.length);
}

function argmax(values: ArrayLike<number>): number {
  requireSome(values, "argmax");
  let best = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) return i;
    if (values[i] > values[best]) best = i;
  }
  return best;
}

const some: Reduction = (values) => (Array.prototype.some.call(values, (value) => value !== 0) ? 1 : 0);
const every: Reduction = (values) => (Array.prototype.every.call(values, (value) => value !== 0) ? 1 : 0);

/** The reductions by name; NaN in, NaN out, as numpy's. `std` is the population's (ddof 0). */
export const reductions: Record<ReductionName, Reduction> = {
  sum,
  mean,
  min: (values) => extreme(values, "min", (a, b) => a < b),
  max: (values) => extreme(values, "max", (a, b) => a > b),
  std,
  any: some,
  all: every,
  argmax,
};

/**
 * numpy's percentile with linear interpolation.
 *
 * @param q 0 to 100
 */
export function percentileOf(q: number): Reduction {
  if (!(q >= 0 && q <= 100))
    throw new RangeError(`Cannot take the percentile: q must be from 0 to 100, got ${q}`);
  return (values) => {
    requireSome(values, "percentile");
    const sorted = Float64Array.from(values).sort();
    // NaN sorts last.
    if (Number.isNaN(sorted[sorted.length - 1])) return Number.NaN;
    return quantileOf(sorted, q / 100);
  };
}

/** What a reduction along some axes leaves: the kept shape, the order with the reduced axes last, and their size. */
export function splitAxes(
  shape: readonly number[],
  axes: number | readonly number[],
): { shape: number[]; order: number[]; width: number } {
  const reduced = [axes].flat().map((axis) => axisIndex(axis, shape.length, "reduce"));
  const kept = shape.map((_, axis) => axis).filter((axis) => !reduced.includes(axis));
  const lengths = (some: readonly number[]) => some.map((axis) => shape[axis]);
  return { shape: lengths(kept), order: [...kept, ...reduced], width: sizeOf(lengths(reduced)) };
}

/** Reduce each row of `width` numbers. */
export function reduceRows(
  reduction: Reduction,
  rows: Float64Array,
  width: number,
  count: number,
): Float64Array {
  const results = new Float64Array(count);
  for (let row = 0; row < count; row++)
    results[row] = reduction(rows.subarray(row * width, (row + 1) * width));
  return results;
}
