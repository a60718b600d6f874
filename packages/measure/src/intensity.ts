import type { Region } from "./region";

/** A statistic of a region's values. */
export type Statistic = (values: Float64Array) => number;

const mean: Statistic = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The statistics by scikit-image's name; NaN in, NaN out. */
export const statistics: Readonly<Record<string, Statistic>> = {
  intensity_max: (values) => values.reduce((best, value) => Math.max(best, value), Number.NEGATIVE_INFINITY),
  intensity_mean: mean,
  intensity_median(values) {
    const sorted = values.slice().sort();
    if (Number.isNaN(sorted[sorted.length - 1])) return Number.NaN;
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  },
  intensity_min: (values) => values.reduce((best, value) => Math.min(best, value), Number.POSITIVE_INFINITY),
  intensity_std(values) {
    const centre = mean(values);
    return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length);
  },
};

/** The values of one channel on the region's pixels. */
export function valuesOf({ pixels, measured }: Region, channel: number): Float64Array {
  const { data, channels } = measured.intensities ?? { data: [], channels: 1 };
  const values = new Float64Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) values[i] = data[pixels[i] * channels + channel];
  return values;
}
