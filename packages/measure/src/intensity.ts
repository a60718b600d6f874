import type { NdArray } from "@bioengine/ndarray";
import type { Region } from "./region";
import { REGION_RUN } from "./regionruns";

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

/** The values of one channel on a region's pixels, and what one look at them gives: NaN in, NaN out. */
export interface Gathered {
  /** In C order, as the first `region.size` of the array. */
  readonly values: Float64Array;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

/** Gather the values of one channel on a region's pixels; those of the next region or channel overwrite them. */
export function gather(region: Region, channel: number): Gathered {
  const { scratch } = region.measured;
  if (scratch.gatheredOf !== region || scratch.gatheredChannel !== channel) {
    scratch.gathered = gathered(region, channel, scratch.values(region.size));
    scratch.gatheredOf = region;
    scratch.gatheredChannel = channel;
  }
  return scratch.gathered;
}

function gathered(region: Region, channel: number, values: Float64Array): Gathered {
  const { runs, begin, end, size, measured } = region;
  const { intensities, labels } = measured;
  if (intensities === undefined) return { values, mean: Number.NaN, min: Number.NaN, max: Number.NaN };
  const { data, channels } = intensities;
  let used = 0;
  let sum = 0;
  let min = Number.MAX_VALUE;
  let max = -Number.MAX_VALUE;
  for (let at = begin; at < end; at += REGION_RUN) {
    const row = (runs[at] * labels.height + runs[at + 1]) * labels.width;
    const stop = (row + runs[at + 3]) * channels + channel;
    for (let i = (row + runs[at + 2]) * channels + channel; i < stop; i += channels) {
      const value = data[i];
      values[used++] = value;
      sum += value;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  const mean = sum / size;
  return Number.isFinite(mean) ? { values, mean, min, max } : nonFinite(values, size, mean);
}

/** What is left of the statistics where a value isn't finite, or the sum too large. */
function nonFinite(values: Float64Array, size: number, mean: number): Gathered {
  const own = values.subarray(0, size);
  const [min, max] = [own.reduce((a, b) => Math.min(a, b)), own.reduce((a, b) => Math.max(a, b))];
  return { values, mean, min, max };
}

/** Standard deviation of the whole population, not of a sample. */
export function standardDeviation(region: Region, channel: number): number {
  const { values, mean } = gather(region, channel);
  const { size } = region;
  let sum = 0;
  for (let i = 0; i < size; i++) sum += (values[i] - mean) * (values[i] - mean);
  return Math.sqrt(sum / size);
}
