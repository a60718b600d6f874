import { checkOptions, NdArray } from "@bioengine/ndarray";
import { type DisjointSets, join } from "./disjointsets";
import { integerImage, type LabelImage } from "./labelimage";
import { earlierRows } from "./neighbours";
import { paintRuns } from "./paint";
import { RUN, type Runs, scanRuns } from "./runs";

/** How `label` joins pixels. */
export interface LabelOptions {
  /** How many axes two neighbours may differ in: 1 = over edges, up to the number of axes = over corners. Default: all. */
  connectivity?: number;
}

/**
 * Join the runs of a row to those of an earlier one that have their value and neighbour them. Both rows are walked at
 * once, always past the run that ends first, without a branch on which: no processor can foresee that.
 */
function joinRows(
  parents: DisjointSets,
  { table, rowStart }: Runs,
  row: number,
  earlier: number,
  reach: number,
): void {
  const runsEnd = rowStart[row + 1];
  const nearEnd = rowStart[earlier + 1];
  let run = rowStart[row];
  let near = rowStart[earlier];
  while (run < runsEnd && near < nearEnd) {
    const at = RUN * run;
    const other = RUN * near;
    const end = table[at + 2];
    const otherEnd = table[other + 2];
    if (table[at + 1] < otherEnd + reach && table[other + 1] < end + reach) {
      if (table[other] === table[at]) join(parents, run, near);
      else if (end === otherEnd && reach > 0 && near + 1 < nearEnd) {
        // Over the corner where both end, to the run after; this one is left behind now.
        const next = other + RUN;
        if (table[next] === table[at] && table[next + 1] === end) join(parents, run, near + 1);
      }
    }
    // -1 if the earlier one ends first, else 0.
    const behind = (otherEnd - end) >> 31;
    near -= behind;
    run += 1 + behind;
  }
}

/** For each run the earliest run that it is joined to, or one nearer to that (union-find). */
function joinRuns(runs: Runs, image: LabelImage, connectivity: number): DisjointSets {
  const { depth, height, ndim } = image;
  const neighbours = earlierRows(ndim, connectivity);
  const parents = new Int32Array(runs.count);
  for (let run = 0; run < runs.count; run++) parents[run] = run;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const row = z * height + y;
      for (const step of neighbours) {
        if (z + step.z < 0 || y + step.y < 0 || y + step.y >= height) continue;
        joinRows(parents, runs, row, row + step.z * height + step.y, step.reach);
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
 * @throws {TypeError} if the image is of floats, or an option is unknown
 * @throws {RangeError} if it has not 2 or 3 axes, or the connectivity is out of range
 * @example
 * label(image.greater(120)).max();
 */
export function label(image: NdArray, options: LabelOptions = {}): NdArray<"int32"> {
  const pixels = integerImage(image, "label", "label(image.greater(0))");
  const { ndim, depth, height, width } = pixels;
  checkOptions("label", options, ["connectivity"]);
  const { connectivity = ndim } = options;
  if (!Number.isInteger(connectivity) || connectivity < 1 || connectivity > ndim) {
    throw new RangeError(`Cannot label: connectivity must be from 1 to ${ndim}, got ${connectivity}`);
  }
  const runs = scanRuns(pixels);
  const numbers = joinRuns(runs, pixels, connectivity);
  let count = 0;
  for (let run = 0; run < runs.count; run++) {
    // Parents give way to numbers; a run's parent comes before it, and so has its number already.
    numbers[run] = numbers[run] === run ? ++count : numbers[numbers[run]];
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
