import { type DType, itemSize, type NdArray } from "@bioengine/ndarray";
import { type Floats, numbersOf } from "./image";

/** Counts of an image's values. */
export interface Bins {
  readonly counts: Float64Array;
  /** The middle of each bin. */
  readonly centers: Float64Array;
  /** Rounds a result to the precision that scikit-image has it in: float32 for images of float32. */
  readonly round: (value: number) => number;
}

const identity = (value: number): number => value;

// More integers than these, and a table of all between is no histogram any more.
const MOST_BINS = 1 << 24;

// Each loop has a function to itself, which ends with it: V8 would leave the compiled one at what it hasn't met so far.
function least(data: Uint8Array | Uint16Array | Floats): number {
  let low = Number.POSITIVE_INFINITY;
  for (let i = 0; i < data.length; i++) low = Math.min(low, data[i]);
  return low;
}

function largest(data: Uint8Array | Uint16Array | Floats): number {
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < data.length; i++) high = Math.max(high, data[i]);
  return high;
}

/** The least and the largest value; NaN if there is one. */
export const extent = (data: Uint8Array | Uint16Array | Floats): [low: number, high: number] => [
  least(data),
  largest(data),
];

/** The bins from the first to the last one that has values. */
function trimmed(table: Float64Array, first: number): Bins {
  let [low, end] = [0, table.length];
  while (table[low] === 0) low++;
  while (table[end - 1] === 0) end--;
  const counts = table.slice(low, end);
  return { counts, centers: counts.map((_, bin) => first + low + bin), round: identity };
}

/** Whether all values of a dtype are integers of 8 or 16 bits, which a table has. */
export const isShort = (dtype: DType): boolean => itemSize(dtype) <= 2 && !dtype.includes("float");

/** How often there is each integer from 0. */
function countEach(values: Uint8Array | Uint16Array, length: number): Int32Array {
  // A processor that counts the same value again waits for the count before: two tables take turns.
  const counts = new Int32Array(length);
  const others = new Int32Array(length);
  const even = values.length - (values.length % 2);
  for (let i = 0; i < even; i += 2) {
    counts[values[i]] = (counts[values[i]] + 1) | 0;
    others[values[i + 1]] = (others[values[i + 1]] + 1) | 0;
  }
  for (let i = even; i < values.length; i++) counts[values[i]]++;
  for (let i = 0; i < length; i++) counts[i] += others[i];
  return counts;
}

/** One bin for each integer of 8 or 16 bits that there is, and for those between. */
export function countShortIntegers({ dtype, data }: NdArray): Bins {
  const { buffer, byteOffset, length, BYTES_PER_ELEMENT: bytes } = data;
  const values =
    bytes === 1 ? new Uint8Array(buffer, byteOffset, length) : new Uint16Array(buffer, byteOffset, length);
  const table = Float64Array.from(countEach(values, 256 ** bytes));
  if (dtype.startsWith("u") || dtype === "bool") return trimmed(table, 0);
  // The negative ones have the bits of the larger half.
  const half = table.length / 2;
  const negative = table.slice(half);
  table.copyWithin(half, 0, half);
  table.set(negative);
  return trimmed(table, -half);
}

/** One bin for each integer. */
function countIntegers(data: Float64Array, low: number, high: number, action: string): Bins {
  const length = high - low + 1;
  if (length > MOST_BINS) {
    throw new RangeError(
      `Cannot ${action}: integers must lie within a range of ${MOST_BINS}, got ${low} to ${high}; use image.astype("float64")`,
    );
  }
  const counts = new Float64Array(length);
  for (let i = 0; i < data.length; i++) counts[data[i] - low]++;
  return { counts, centers: counts.map((_, bin) => low + bin), round: identity };
}

/** Equal bins, as `numpy.histogram` has them; in float32 where it computes so. */
function countFloats(data: Float64Array, low: number, high: number, bins: number, isSingle: boolean): Bins {
  const round = isSingle ? Math.fround : identity;
  const [first, last] = low === high ? [round(low - 0.5), round(high + 0.5)] : [low, high];
  const range = round(last - first);
  const step = round(range / bins);
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => round(round(i * step) + first));
  edges[bins] = last;
  const counts = new Float64Array(bins);
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    let bin = Math.min(bins - 1, Math.trunc(round(round(round(value - first) / range) * bins)));
    if (value < edges[bin]) bin--;
    else if (bin < bins - 1 && value >= edges[bin + 1]) bin++;
    counts[bin]++;
  }
  const centers = counts.map((_, bin) => round(round(edges[bin] + edges[bin + 1]) / 2));
  return { counts, centers, round };
}

/**
 * Count an image's values (scikit-image's `histogram` with `source_range="image"`): one bin for each integer, or
 * `nbins` equal bins for floats.
 *
 * @throws {RangeError} if a float is not finite, or integers lie too far apart for a table
 */
export function binsOf(image: NdArray, nbins: number, action: string): Bins {
  if (isShort(image.dtype)) return countShortIntegers(image);
  const data = numbersOf(image);
  const [low, high] = extent(data);
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    throw new RangeError(
      `Cannot ${action}: the values must be finite, got ${low} to ${high}; take a part without NaN and infinities`,
    );
  }
  if (!image.dtype.includes("float")) return countIntegers(data, low, high, action);
  return countFloats(data, low, high, nbins, image.dtype !== "float64");
}

/** Running sums, rounded at each step as float32 sums are where `round` does so. */
export function cumulated(values: Float64Array, round: (value: number) => number): Float64Array {
  let sum = 0;
  return values.map((value) => (sum = round(sum + value)));
}

/** Where the largest value is, the first of equal ones; NaN counts as the largest, as in NumPy. */
export function firstLargest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) return i;
    if (values[i] > values[best]) best = i;
  }
  return best;
}
