import { gather } from "./intensity";
import type { Region } from "./region";

const BINS = 256;
const FEW = 32;

/** Ordered values that stand next to each other when all are in order, and where the wanted one is among them. */
interface Neighbourhood {
  readonly values: Float64Array;
  readonly index: number;
}

/**
 * Find the value of rank `k`: histograms narrow down the bin it is in, until few are left to sort. Nothing in there
 * branches on a value, which a processor couldn't foresee.
 */
function neighbourhood(values: Float64Array, k: number, min: number, max: number): Neighbourhood {
  // The largest has a bin of its own.
  const scale = (BINS - 1) / (max - min);
  const counts = new Int32Array(BINS);
  for (let i = 0; i < values.length; i++) counts[((values[i] - min) * scale) | 0]++;
  let bin = 0;
  let index = k;
  while (index >= counts[bin]) index -= counts[bin++];
  // Where the range is 0 or beyond all numbers, every value is in one bin.
  if (counts[bin] === values.length) return { values: values.slice().sort(), index };
  const own = new Float64Array(counts[bin]);
  let [used, least, largest] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if ((((value - min) * scale) | 0) !== bin) continue;
    own[used++] = value;
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  return own.length > FEW ? neighbourhood(own, index, least, largest) : { values: own.sort(), index };
}

/** Median of a region's values; the mean of the middle two of an even number. */
export function median(region: Region, channel: number): number {
  const { size } = region;
  const { min, max } = region.statistics(channel);
  if (Number.isNaN(min) || min === max) return min;
  const values = gather(region, channel).subarray(0, size);
  const middle = size >> 1;
  const { values: near, index } = neighbourhood(values, middle, min, max);
  if (size % 2 === 1) return near[index];
  if (index > 0) return (near[index - 1] + near[index]) / 2;
  const before = neighbourhood(values, middle - 1, min, max);
  return (before.values[before.index] + near[index]) / 2;
}
