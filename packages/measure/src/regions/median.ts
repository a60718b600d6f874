import { histogramKernel } from "./histogramkernel";
import { gather } from "./intensity";
import type { Region } from "./region";
import type { RegionMemory } from "./regionmemory";

const BINS = 1024;
const FEW = 32;

/**
 * The values of rank `k - 1` and `k`: histograms narrow down the bins they are in, until few are left to sort. Nothing
 * in there branches on a value, which a processor couldn't foresee.
 *
 * @param from address of the values in the memory, with room for one more; bins, and values left, are behind the
 *   region's
 * @param whole whether all are whole numbers, of which each has a bin of its own where they are near each other
 */
function middlePair(
  memory: RegionMemory,
  from: number,
  length: number,
  k: number,
  min: number,
  max: number,
  whole: boolean,
): [number, number] {
  const { words, numbers, valuesEnd: bins } = memory;
  const isExact = whole && max - min < BINS;
  // The largest has a bin of its own. Of a range near 0, products are to be finite.
  const scale = isExact ? 1 : Math.min((BINS - 1) / (max - min), Number.MAX_VALUE);
  words.fill(0, bins / 4, bins / 4 + BINS);
  numbers[0] = min;
  numbers[1] = scale;
  const first = from / 8;
  // The kernel takes two at a time.
  numbers[first + length] = min;
  memory.run(histogramKernel)(from, from + 8 * length, 0, bins);
  const counts = words.subarray(bins / 4, bins / 4 + BINS);
  counts[0] -= length % 2;
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
  if (count === length) return sortedPair(numbers.slice(first, first + length), rank);
  // May be the values themselves, none of which is overwritten before it is read.
  const left = bins / 8 + BINS / 2;
  let used = left;
  let least = max;
  let largest = min;
  for (let i = first; i < first + length; i++) {
    const value = numbers[i];
    // In one comparison from both sides: of two, the first would be as good as random.
    if (((((value - min) * scale) | 0) - lower) >>> 0 > upper - lower) continue;
    numbers[used++] = value;
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  if (count > FEW) return middlePair(memory, 8 * left, count, rank, least, largest, whole);
  return sortedPair(numbers.slice(left, used), rank);
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
  const memory = gather(region, channel);
  memory.reserve(memory.valuesEnd + 4 * BINS + 8 * (size + 1));
  const whole = measured.intensities?.float === false;
  const [lower, upper] = middlePair(memory, memory.values, size, size >> 1, min, max, whole);
  return size % 2 === 1 ? upper : (lower + upper) / 2;
}
