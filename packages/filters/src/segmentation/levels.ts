import { CLOSED } from "./closed";

/** How many levels an image of so many pixels has: enough for bytes and for its distances, and in all for 16 bits. */
export const levelCount = (pixels: number): number => Math.min(Math.max(pixels, 2 ** 12), 2 ** 16);

/** The lowest and the highest value that isn't closed. */
function rangeOf(values: Float64Array, labels: Int32Array): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let pixel = 0; pixel < labels.length; pixel++) {
    if (labels[pixel] === CLOSED) continue;
    const value = values[pixel];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/**
 * Whole numbers from 0 to below `levelCount` in the order of an image's values, equal only if these are: of images of 8
 * bits, of large ones of 16, and of distances; not of floats in general.
 *
 * @param labels `CLOSED` where a value doesn't count
 * @returns undefined if there are no such numbers, or they weren't found
 */
export function levelsOf(values: Float64Array, labels: Int32Array): Int32Array | undefined {
  const [low, high] = rangeOf(values, labels);
  const count = levelCount(values.length);
  const scale = high > low ? (count - 1) / (high - low) : 0;
  const valueAt = new Float64Array(count).fill(Number.NaN);
  const levels = new Int32Array(values.length);
  for (let pixel = 0; pixel < labels.length; pixel++) {
    if (labels[pixel] === CLOSED) continue;
    const value = values[pixel];
    const level = Math.floor((value - low) * scale);
    const other = valueAt[level];
    // Infinite ranges and NaN have no level, and end here, too.
    if (other !== value) {
      if (!Number.isNaN(other)) return undefined;
      valueAt[level] = value;
    }
    levels[pixel] = level;
  }
  return levels;
}
