import { RUN, type Runs } from "./runs";

/** Draw the runs, each with its own number, on an image of zeros with `size` pixels. */
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
      // `fill` pays for its call on long runs only.
      if (end - first > 24) image.fill(numbers[run], first, end);
      else for (let pixel = first; pixel < end; pixel++) image[pixel] = numbers[run];
    }
  }
  return image;
}
