import { NdArray } from "@bioengine/ndarray";
import { join } from "./disjointsets";
import { integerImage, type LabelImage } from "./labelimage";
import { earlierRows } from "./neighbours";
import { paintRuns } from "./paint";
import { RUN, type Runs, scanRuns } from "./runs";

/** How `label` joins pixels. */
export interface LabelOptions {
  /** How many axes two neighbours may differ in: 1 = over edges, up to the number of axes = over corners. Default: all. */
  connectivity?: number;
}

/** For each run the earliest run that it is joined to, or one nearer to that (union-find). */
function joinRuns({ table, rowStart, count }: Runs, image: LabelImage, connectivity: number): Int32Array {
  const { depth, height, ndim } = image;
  const neighbours = earlierRows(ndim, connectivity);
  const parents = new Int32Array(count);
  for (let run = 0; run < count; run++) parents[run] = run;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const row = z * height + y;
      for (const step of neighbours) {
        if (z + step.z < 0 || y + step.y < 0 || y + step.y >= height) continue;
        const { reach } = step;
        const other = row + step.z * height + step.y;
        const otherEnd = rowStart[other + 1];
        let candidate = rowStart[other];
        for (let run = rowStart[row]; run < rowStart[row + 1]; run++) {
          const value = table[run * RUN];
          const first = table[run * RUN + 1] - reach;
          const end = table[run * RUN + 2] + reach;
          while (candidate < otherEnd && table[candidate * RUN + 2] <= first) candidate++;
          for (let near = candidate; near < otherEnd && table[near * RUN + 1] < end; near++) {
            // The earlier root stays, so that regions are numbered by their first pixel.
            if (table[near * RUN] === value) join(parents, run, near);
          }
        }
      }
    }
  }
  return parents;
}

/**
 * Number the connected regions of equal, non-zero value (scikit-image's `label`), by union-find over runs
 * (Wu, Otoo & Suzuki 2009, of whose equivalences these are).
 *
 * @param image `[y, x]` or `[z, y, x]`, bool or integers, 0 = background; not modified
 * @param options.connectivity 1 to the number of axes; default: the number of axes (over corners too)
 * @returns int32 labels of the same shape, role "labels", numbered in C order of their first pixel
 * @throws {TypeError} if the image is of floats
 * @throws {RangeError} if it has not 2 or 3 axes, or the connectivity is out of range
 * @example
 * label(image.greater(120)).max();
 */
export function label(image: NdArray, options: LabelOptions = {}): NdArray<"int32"> {
  const pixels = integerImage(image, "label", "label(image.greater(0))");
  const { ndim, depth, height, width } = pixels;
  const { connectivity = ndim } = options;
  if (!Number.isInteger(connectivity) || connectivity < 1 || connectivity > ndim) {
    throw new RangeError(`Cannot label: connectivity must be from 1 to ${ndim}, got ${connectivity}`);
  }
  const runs = scanRuns(pixels);
  const parents = joinRuns(runs, pixels, connectivity);
  const numbers = new Int32Array(runs.count);
  let count = 0;
  for (let run = 0; run < runs.count; run++) {
    // A parent comes before its run, and so has its number already.
    numbers[run] = parents[run] === run ? ++count : numbers[parents[run]];
  }
  const buffer = paintRuns(runs, numbers, width, depth * height * width);
  return new NdArray({
    dtype: "int32",
    shape: image.shape,
    buffer,
    role: "labels",
    dimensions: image.dimensions,
  });
}
