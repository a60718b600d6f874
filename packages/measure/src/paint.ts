import { RUN, type Runs } from "./runs";

/** Pixels that are drawn at a time. */
const STEP = 4;

/**
 * Draw the runs, each with its own number, on an image of zeros with `size` pixels.
 *
 * Short ones are drawn some pixels too far and wiped again, so that a processor needn't foresee their lengths.
 */
export function paintRuns(
  { table, rowStart }: Runs,
  numbers: Int32Array,
  width: number,
  size: number,
): Int32Array {
  const image = new Int32Array(size);
  for (let row = 0; row + 1 < rowStart.length; row++) {
    const begin = row * width;
    for (let run = rowStart[row]; run < rowStart[row + 1]; run++) {
      const first = begin + table[run * RUN + 1];
      const end = begin + table[run * RUN + 2];
      const number = numbers[run];
      // `fill` pays for its call on long runs only.
      if (end - first > 24 || end + STEP > size) {
        image.fill(number, first, end);
        continue;
      }
      for (let pixel = first; pixel < end; pixel += STEP) {
        image[pixel] = number;
        image[pixel + 1] = number;
        image[pixel + 2] = number;
        image[pixel + 3] = number;
      }
      image[end] = 0;
      image[end + 1] = 0;
      image[end + 2] = 0;
    }
  }
  return image;
}
