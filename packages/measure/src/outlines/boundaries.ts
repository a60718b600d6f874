import { checkOptions, checkSpace, NdArray } from "@bioengine/ndarray";
import { integerImage, labelsFix } from "../labelimage";
import { compareNeighbours } from "../neighbourpairs";
import { scanRuns } from "../runs";

/** Which pixels count as boundary. */
export interface BoundariesOptions {
  /** `"thick"` (default): both sides of a border; `"inner"`: the labels' own pixels; `"outer"`: the others. */
  mode?: "thick" | "inner" | "outer";
  /** 1 (default): borders over edges; up to the number of axes: over corners too. */
  connectivity?: number;
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
 * @throws {TypeError} if the labels are of floats, or an option is unknown
 * @throws {RangeError} if they have not 2 or 3 axes, or an option is out of range
 * @example
 * findBoundaries(mask, { mode: "inner" }).sum();
 */
export function findBoundaries(labels: NdArray, options: BoundariesOptions = {}): NdArray<"bool"> {
  checkOptions(
    { name: "findBoundaries", action: "find boundaries", options: ["connectivity", "mode"] },
    options,
  );
  const { mode = "thick", connectivity = 1 } = options;
  const image = integerImage(labels, "find boundaries", labelsFix(labels));
  checkSpace(labels, { name: "findBoundaries", action: "find boundaries", subject: "mask" });
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
