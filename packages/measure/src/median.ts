import { gather, valuesOf } from "./intensity";
import type { Region } from "./region";
import type { Scratch } from "./scratch";

const BINS = 1024;
const FEW = 32;

/**
 * The values of rank `k - 1` and `k`: histograms narrow down the bins they are in, until few are left to sort. Nothing
 * in there branches on a value, which a processor couldn't foresee.
 *
 * @param length how many of `values` count
 * @param whole whether all are whole numbers, of which each has a bin of its own where they are near each other
 */
function middlePair(
  values: Float64Array,
  length: number,
  k: number,
  min: number,
  max: number,
  whole: boolean,
  scratch: Scratch,
): [number, number] {
  const isExact = whole && max - min < BINS;
  // The largest has a bin of its own.
  const scale = isExact ? 1 : (BINS - 1) / (max - min);
  const bins = isExact ? max - min + 1 : BINS;
  const counts = scratch.integers("list", bins).fill(0, 0, bins);
  for (let i = 0; i < length; i++) counts[((values[i] - min) * scale) | 0]++;
  let lower = 0;
  let before = 0;
  while (before + counts[lower] < k) before += counts[lower++];
  let upper = lower;
  let end = before + counts[lower];
  while (end <= k) end += counts[++upper];
  if (isExact) return [min + lower, min + upper];
  const rank = k - before;
  const count = end - before;
  // Where the range is 0 or beyond all numbers, every value is in one bin.
  if (count === length) return sortedPair(values.slice(0, length), rank);
  // May be the values themselves, none of which is overwritten before it is read.
  const own = scratch.middle(count);
  let used = 0;
  let least = max;
  let largest = min;
  for (let i = 0; i < length; i++) {
    const value = values[i];
    // In one comparison from both sides: of two, the first would be as good as random.
    if (((((value - min) * scale) | 0) - lower) >>> 0 > upper - lower) continue;
    own[used++] = value;
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  if (count > FEW) return middlePair(own, count, rank, least, largest, whole, scratch);
  return sortedPair(own.subarray(0, count), rank);
}

function sortedPair(values: Float64Array, k: number): [number, number] {
  values.sort();
  return [values[k - 1], values[k]];
}

/** Median of a region's values; the mean of the middle two of an even number. */
export function median(region: Region, channel: number): number {
  const { size, measured } = region;
  const { min, max } = region.intensities(channel);
  if (Number.isNaN(min) || min === max) return min;
  const values = valuesOf(region, gather(region, channel));
  const whole = measured.intensities?.float === false;
  const [lower, upper] = middlePair(values, size, size >> 1, min, max, whole, measured.scratch);
  return size % 2 === 1 ? upper : (lower + upper) / 2;
}
