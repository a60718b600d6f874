import type { NdArray } from "@bioengine/ndarray";
import type { Region } from "./region";
import { REGION_RUN } from "./runs";

/** The intensities that regions are measured on. */
export interface Intensities {
  readonly image: NdArray;
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

/**
 * The values of one channel on the region's pixels, in C order: the first `region.size` of the array. The next region
 * or channel overwrites them.
 */
export function gather(region: Region, channel: number): Float64Array {
  const { runs, begin, end, size, measured } = region;
  const { intensities, labels, scratch } = measured;
  if (scratch.valuesOf === region && scratch.valuesChannel === channel) return scratch.values;
  if (scratch.values.length < size) scratch.values = new Float64Array(2 * size);
  const { values } = scratch;
  if (intensities === undefined) return values.fill(Number.NaN);
  const { data, channels } = intensities;
  let used = 0;
  for (let at = begin; at < end; at += REGION_RUN) {
    const row = (runs[at] * labels.height + runs[at + 1]) * labels.width;
    const stop = (row + runs[at + 3]) * channels + channel;
    for (let i = (row + runs[at + 2]) * channels + channel; i < stop; i += channels) values[used++] = data[i];
  }
  scratch.valuesOf = region;
  scratch.valuesChannel = channel;
  return values;
}

function hasNaN(values: Float64Array, size: number): boolean {
  for (let i = 0; i < size; i++) if (Number.isNaN(values[i])) return true;
  return false;
}

/** Mean, least and largest of a region's values. */
export function statistics(region: Region, channel: number): Statistics {
  const values = gather(region, channel);
  const { size } = region;
  let sum = 0;
  let min = values[0];
  let max = values[0];
  for (let i = 0; i < size; i++) {
    const value = values[i];
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = sum / size;
  // Infinities of both signs make the sum NaN too, though none of the values is.
  if (Number.isNaN(mean) && hasNaN(values, size)) return { mean, min: mean, max: mean };
  return { mean, min, max };
}

/** Standard deviation of the whole population, not of a sample. */
export function standardDeviation(region: Region, channel: number): number {
  const values = gather(region, channel);
  const { mean } = region.statistics(channel);
  let sum = 0;
  for (let i = 0; i < region.size; i++) sum += (values[i] - mean) * (values[i] - mean);
  return Math.sqrt(sum / region.size);
}
