import type { ColumnData, NdArray } from "@bioengine/ndarray";

/** Numbers: a column of a table, an array, or an NdArray of any shape. */
export type Sample = ColumnData | NdArray;

const listOf = (values: Sample): ColumnData =>
  typeof values === "object" && values !== null && "dtype" in values ? values.data : values;

function numberOf(value: unknown, action: string): number {
  if (value === null || value === undefined) return Number.NaN;
  if (typeof value === "number" || typeof value === "bigint") return Number(value);
  throw new TypeError(`Cannot ${action}: the values must be numbers, got ${JSON.stringify(value)}`);
}

/**
 * The numbers of a sample; missing ones are NaN.
 *
 * @throws {TypeError} if it is no list of numbers
 */
export function valuesOf(values: Sample, action: string): Float64Array {
  const list = listOf(values);
  if (!Array.isArray(list) && !ArrayBuffer.isView(list)) {
    throw new TypeError(
      `Cannot ${action}: a list of numbers is needed, got ${typeof values}; use table.column("area")`,
    );
  }
  return Float64Array.from(list as readonly unknown[], (value) => numberOf(value, action));
}

/**
 * A sample without its missing values.
 *
 * @param least how many values it must have
 * @throws {TypeError} if it is no list of numbers
 * @throws {RangeError} if it has fewer
 */
export function sampleOf(values: Sample, least: number, action: string): Float64Array {
  const sample = valuesOf(values, action).filter((value) => !Number.isNaN(value));
  if (sample.length >= least) return sample;
  throw new RangeError(`Cannot ${action}: at least ${least} values are needed, got ${sample.length}`);
}

/**
 * The samples that a test compares, without their missing values.
 *
 * @param test its name, for the corrected line
 * @throws {TypeError} if one is no list of numbers
 * @throws {RangeError} if they are fewer than two, or one has no values
 */
export function samplesOf(samples: readonly Sample[], action: string, test: string): Float64Array[] {
  if (samples.length < 2) {
    throw new RangeError(
      `Cannot ${action}: at least 2 samples are needed, got ${samples.length}; use ${test}(a, b, c), a list for each group`,
    );
  }
  return samples.map((sample) => sampleOf(sample, 1, action));
}

/**
 * Two samples of pairs, without those that have a missing value.
 *
 * @throws {RangeError} if they differ in length, or are fewer than `least` pairs
 */
export function pairsOf(a: Sample, b: Sample, least: number, action: string): [Float64Array, Float64Array] {
  const [x, y] = [valuesOf(a, action), valuesOf(b, action)];
  if (x.length !== y.length) {
    throw new RangeError(
      `Cannot ${action}: both lists must be equally long, got ${x.length} and ${y.length} values`,
    );
  }
  const isWhole = (_: number, index: number) => !Number.isNaN(x[index]) && !Number.isNaN(y[index]);
  const pairs: [Float64Array, Float64Array] = [x.filter(isWhole), y.filter(isWhole)];
  if (pairs[0].length >= least) return pairs;
  throw new RangeError(`Cannot ${action}: at least ${least} pairs are needed, got ${pairs[0].length}`);
}

/** Mean of a sample; of equal values it is just theirs, so that nothing is left of their distances from it. */
export const mean = (sample: Float64Array): number =>
  sample[0] + sample.reduce((sum, value) => sum + (value - sample[0]), 0) / sample.length;

/** Sum of the products of two samples' distances from their means. */
export function comoment(a: Float64Array, b: Float64Array): number {
  const [centreA, centreB] = [mean(a), mean(b)];
  return a.reduce((sum, value, index) => sum + (value - centreA) * (b[index] - centreB), 0);
}

/** Ranks from 1 on; equal values share the mean of theirs. */
export function ranksOf(sample: Float64Array): Float64Array {
  const order = Array.from(sample.keys()).sort((i, j) => sample[i] - sample[j]);
  const ranks = new Float64Array(sample.length);
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && sample[order[end]] === sample[order[first]]) end++;
    for (let place = first; place < end; place++) ranks[order[place]] = (first + 1 + end) / 2;
    first = end;
  }
  return ranks;
}

/** What equal values among ranks take from the variance: the sum of t³ - t, where t of them are equal. */
export function tiesOf(ranks: Float64Array): number {
  const counts = new Map<number, number>();
  for (const rank of ranks) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + count ** 3 - count, 0);
}
