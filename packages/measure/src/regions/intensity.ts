import type { NdArray } from "@bioengine/ndarray";
import { intensityKernel } from "./intensitykernel";
import type { Region } from "./region";
import { memoryOf, type RegionMemory } from "./regionmemory";
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

/** What one look at the values of one channel on a region's pixels gives: NaN in, NaN out. */
export interface IntensityStatistics {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  /** Standard deviation of the whole population, not of a sample. */
  readonly deviation: number;
}

/** Gather the values of one channel on a region's pixels in the memory; those of the next channel overwrite them. */
export function gather(region: Region, channel: number): RegionMemory {
  const memory = memoryOf(region);
  if (memory.channel === channel) return memory;
  const { runs, begin, end, measured } = region;
  const { intensities, labels } = measured;
  const { data, channels } = intensities as Intensities;
  const { numbers } = memory;
  const place = (run: number, column: number) =>
    ((runs[run] * labels.height + runs[run + 1]) * labels.width + column) * channels + channel;
  // A processor fetches the ends of all runs together; pixel by pixel, it would wait for each row. Their sum is kept
  // so that the compiler leaves them in.
  let ends = 0;
  for (let at = begin; at < end; at += REGION_RUN) {
    ends += data[place(at, runs[at + 2])] + data[place(at, runs[at + 3] - 1)];
  }
  numbers[0] = ends;
  let to = memory.values / 8;
  for (let at = begin; at < end; at += REGION_RUN) {
    const stop = place(at, runs[at + 3]);
    for (let i = place(at, runs[at + 2]); i < stop; i += channels) numbers[to++] = data[i];
  }
  memory.channel = channel;
  return memory;
}

/** The gathered values of a region's pixels, in C order. */
export const valuesOf = ({ size }: Region, { numbers, values }: RegionMemory): Float64Array =>
  numbers.subarray(values / 8, values / 8 + size);

/** Describe the values of one channel on a region's pixels. */
export function intensityStatistics(region: Region, channel: number): IntensityStatistics {
  const { size } = region;
  const memory = gather(region, channel);
  memory.run(intensityKernel)(memory.values, size, 0);
  const { numbers } = memory;
  const mean = numbers[0];
  const deviation = Math.sqrt(numbers[2] / size);
  if (Number.isFinite(mean)) return { mean, deviation, min: numbers[4], max: numbers[6] };
  // A value isn't finite, or the sum too large.
  const values = valuesOf(region, memory);
  const [min, max] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  return { mean, deviation, min, max };
}
