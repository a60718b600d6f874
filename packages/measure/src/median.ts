import { gather } from "./intensity";
import type { Region } from "./region";
import type { Scratch } from "./scratch";

const BINS = 256;
const FEW = 32;

/**
 * The values of rank `k - 1` and `k`: histograms narrow down the bins they are in, until few are left to sort. Nothing
 * in there branches on a value, which a processor couldn't foresee.
 */
function middlePair(
  values: Float64Array,
  k: number,
  min: number,
  max: number,
  scratch: Scratch,
): [number, number] {
  // The largest has a bin of its own.
  const scale = (BINS - 1) / (max - min);
  const counts = scratch.integers("list", BINS).fill(0, 0, BINS);
  for (let i = 0; i < values.length; i++) counts[((values[i] - min) * scale) | 0]++;
  let lower = 0;
  let before = 0;
  while (before + counts[lower] < k) before += counts[lower++];
  let upper = lower;
  let end = before + counts[lower];
  while (end <= k) end += counts[++upper];
  const rank = k - before;
  const count = end - before;
  // Where the range is 0 or beyond all numbers, every value is in one bin.
  if (count === values.length) return sortedPair(values.slice(), rank);
  const own = new Float64Array(count);
  let used = 0;
  let least = max;
  let largest = min;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    // In one comparison from both sides: of two, the first would be as good as random.
    if (((((value - min) * scale) | 0) - lower) >>> 0 > upper - lower) continue;
    own[used++] = value;
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  return count > FEW ? middlePair(own, rank, least, largest, scratch) : sortedPair(own, rank);
}

function sortedPair(values: Float64Array, k: number): [number, number] {
  values.sort();
  return [values[k - 1], values[k]];
}

/** Median of a region's values; the mean of the middle two of an even number. */
export function median(region: Region, channel: number): number {
  const { size, measured } = region;
  const { values, min, max } = gather(region, channel);
  if (Number.isNaN(min) || min === max) return min;
  const [lower, upper] = middlePair(values.subarray(0, size), size >> 1, min, max, measured.scratch);
  return size % 2 === 1 ? upper : (lower + upper) / 2;
}
