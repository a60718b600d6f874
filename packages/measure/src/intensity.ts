import type { Region } from "./region";
import { REGION_RUN } from "./runs";

/** The intensities that regions are measured on. */
export interface Intensities {
  /** C order, channels last. */
  readonly data: ArrayLike<number>;
  readonly channels: number;
  /** Whether the image has an axis of channels, be it of length 1. */
  readonly multichannel: boolean;
  /** Whether a value may be NaN or infinite. */
  readonly float: boolean;
}

/** What one look at a region's values gives; NaN in, NaN out. */
export interface Statistics {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

/** The values of one channel on the region's pixels, in C order. */
export function gather({ runs, size, measured }: Region, channel: number): Float64Array {
  const values = new Float64Array(size);
  const { intensities, labels } = measured;
  if (intensities === undefined) return values.fill(Number.NaN);
  const { data, channels } = intensities;
  let used = 0;
  for (let at = 0; at < runs.length; at += REGION_RUN) {
    const row = (runs[at] * labels.height + runs[at + 1]) * labels.width;
    const end = (row + runs[at + 3]) * channels + channel;
    for (let i = (row + runs[at + 2]) * channels + channel; i < end; i += channels) values[used++] = data[i];
  }
  return values;
}

function hasNaN(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return true;
  return false;
}

/** Mean, least and largest of the values. */
export function statistics(values: Float64Array): Statistics {
  let [sum, min, max] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = sum / values.length;
  // Infinities of both signs make the sum NaN too, though none of the values is.
  if (Number.isNaN(mean) && hasNaN(values)) return { mean, min: mean, max: mean };
  return { mean, min, max };
}

/** Standard deviation of the whole population, not of a sample. */
export function standardDeviation(values: Float64Array, mean: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - mean) ** 2;
  return Math.sqrt(sum / values.length);
}

/** Move the value of rank `k` to its place, smaller ones before and larger ones behind it (Hoare's quickselect). */
function select(values: Float64Array, k: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const swapped = values[i];
      values[i++] = values[j];
      values[j--] = swapped;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k];
}

/** Median of the values, which are reordered; the mean of the middle two of an even number. */
export function median(values: Float64Array): number {
  if (hasNaN(values)) return Number.NaN;
  const middle = values.length >> 1;
  const upper = select(values, middle);
  if (values.length % 2 === 1) return upper;
  let lower = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < middle; i++) if (values[i] > lower) lower = values[i];
  return (lower + upper) / 2;
}
