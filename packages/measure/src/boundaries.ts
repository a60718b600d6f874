import { NdArray } from "@bioengine/ndarray";
import { integerImage, type LabelImage } from "./labelimage";
import { earlierRows } from "./neighbours";
import { RUN, type Runs, scanRuns } from "./runs";

/** Which pixels count as boundary. */
export interface BoundariesOptions {
  /** `"thick"` (default): both sides of a border; `"inner"`: the labels' own pixels; `"outer"`: the others. */
  mode?: "thick" | "inner" | "outer";
  /** 1 (default): borders over edges; up to the number of axes: over corners too. */
  connectivity?: number;
}

/** Told of a stretch of pixels and their neighbours, from the index of the first of each, that have two values. */
type Visitor = (pixel: number, other: number, length: number, value: number, otherValue: number) => void;

/** Visit where the pixels x of a row differ from the pixels x + step of a row, as long stretches of two values. */
function compareRows(runs: Runs, width: number, row: number, other: number, step: number, visit: Visitor) {
  const { table, rowStart } = runs;
  const end = width - Math.max(0, step);
  let [a, b] = [rowStart[row] * RUN, rowStart[other] * RUN];
  const [endA, endB] = [rowStart[row + 1] * RUN, rowStart[other + 1] * RUN];
  for (let x = Math.max(0, -step); x < end; ) {
    while (a < endA && table[a + 2] <= x) a += RUN;
    while (b < endB && table[b + 2] <= x + step) b += RUN;
    let [value, otherValue] = [0, 0];
    let next = end;
    if (a < endA) {
      if (table[a + 1] <= x) value = table[a];
      next = Math.min(next, value === 0 ? table[a + 1] : table[a + 2]);
    }
    if (b < endB) {
      if (table[b + 1] <= x + step) otherValue = table[b];
      next = Math.min(next, (otherValue === 0 ? table[b + 1] : table[b + 2]) - step);
    }
    if (value !== otherValue) visit(row * width + x, other * width + x + step, next - x, value, otherValue);
    x = next;
  }
}

/** Visit all pairs of neighbours that differ. */
function compareNeighbours(runs: Runs, image: LabelImage, connectivity: number, visit: Visitor): void {
  const { depth, height, width, ndim } = image;
  const neighbours = earlierRows(ndim, connectivity);
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const row = z * height + y;
      compareRows(runs, width, row, row, 1, visit);
      for (const step of neighbours) {
        if (z + step.z < 0 || y + step.y < 0 || y + step.y >= height) continue;
        const other = row + step.z * height + step.y;
        for (let x = -step.reach; x <= step.reach; x++) compareRows(runs, width, row, other, x, visit);
      }
    }
  }
}

// What is known of a pixel before the mode decides.
const BORDER = 1;
const BACKGROUND = 2;
const TOUCHING = 4;

/**
 * Mark the pixels where labels meet (scikit-image's `find_boundaries`). The image's edge is no boundary.
 *
 * @param labels `[y, x]` or `[z, y, x]` integers or bools, 0 = background; not modified
 * @returns bool, the labels' shape
 * @throws {TypeError} if the labels are of floats
 * @throws {RangeError} if they have not 2 or 3 axes, or an option is unknown
 * @example
 * findBoundaries(mask, { mode: "inner" }).sum();
 */
export function findBoundaries(labels: NdArray, options: BoundariesOptions = {}): NdArray<"bool"> {
  const { mode = "thick", connectivity = 1 } = options;
  const image = integerImage(labels, "find boundaries", 'mask.astype("int32")');
  if (!["thick", "inner", "outer"].includes(mode)) {
    throw new RangeError(`Cannot find boundaries: mode must be thick, inner or outer, got ${mode}`);
  }
  if (!Number.isInteger(connectivity) || connectivity < 1 || connectivity > image.ndim) {
    throw new RangeError(
      `Cannot find boundaries: connectivity must be from 1 to ${image.ndim}, got ${connectivity}`,
    );
  }
  const runs = scanRuns(image);
  const found = new Uint8Array(image.depth * image.height * image.width);
  const markOf = (value: number) => {
    if (mode === "thick" || value !== 0) return BORDER;
    return mode === "outer" ? BORDER | BACKGROUND : 0;
  };
  compareNeighbours(runs, image, connectivity, (pixel, other, length, value, otherValue) => {
    const [mark, otherMark] = [markOf(value), markOf(otherValue)];
    for (let i = 0; i < length; i++) {
      found[pixel + i] |= mark;
      found[other + i] |= otherMark;
    }
  });
  if (mode === "outer") {
    // Of the labels' own pixels, those next to another label count, over corners whatever the connectivity.
    compareNeighbours(runs, image, image.ndim, (pixel, other, length, value, otherValue) => {
      if (value === 0 || otherValue === 0) return;
      for (let i = 0; i < length; i++) {
        found[pixel + i] |= TOUCHING;
        found[other + i] |= TOUCHING;
      }
    });
    for (let i = 0; i < found.length; i++) {
      found[i] = found[i] & BORDER && found[i] & (BACKGROUND | TOUCHING) ? 1 : 0;
    }
  }
  return new NdArray({ dtype: "bool", shape: labels.shape, buffer: found, dimensions: labels.dimensions });
}
