import { NdArray } from "@bioengine/ndarray";
import { labelImage } from "./labelimage";

/** Which pixels count as boundary. */
export interface BoundariesOptions {
  /** `"thick"` (default): both sides of a border; `"inner"`: the labels' own pixels; `"outer"`: the others. */
  mode?: "thick" | "inner" | "outer";
  /** 1 (default): borders over edges; 2: over corners too. */
  connectivity?: 1 | 2;
}

/** Whether a foreground pixel has two different foreground labels among its 8 neighbours and itself. */
function touchesAnother(
  data: ArrayLike<number>,
  height: number,
  width: number,
  y: number,
  x: number,
): boolean {
  let seen = 0;
  for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
    for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
      const value = data[row * width + column];
      if (value === 0) continue;
      if (seen !== 0 && value !== seen) return true;
      seen = value;
    }
  }
  return false;
}

/**
 * Mark the pixels where labels meet (scikit-image's `find_boundaries`). The image's edge is no boundary.
 *
 * @param labels `[y, x]` integers, 0 = background; not modified
 * @returns bool, the labels' shape
 * @throws {TypeError} if the labels are no integers
 * @throws {RangeError} if they have not two axes, or an option is unknown
 * @example
 * findBoundaries(mask, { mode: "inner" }).sum();
 */
export function findBoundaries(labels: NdArray, options: BoundariesOptions = {}): NdArray<"bool"> {
  const { mode = "thick", connectivity = 1 } = options;
  const { data, ndim, height, width } = labelImage(labels, "find boundaries");
  if (ndim !== 2) {
    throw new RangeError(
      `Cannot find boundaries: the axes must be [y, x], got shape [${labels.shape.join(", ")}]; use mask.at(0)`,
    );
  }
  if (!["thick", "inner", "outer"].includes(mode) || (connectivity !== 1 && connectivity !== 2)) {
    throw new RangeError(
      `Cannot find boundaries: mode must be thick, inner or outer and connectivity 1 or 2, got ${mode} and ${connectivity}`,
    );
  }
  const found = new Uint8Array(height * width);
  const differ = (pixel: number, other: number) => {
    if (data[pixel] !== data[other]) found[pixel] = found[other] = 1;
  };
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      if (x + 1 < width) differ(pixel, pixel + 1);
      if (y + 1 < height) differ(pixel, pixel + width);
      if (connectivity === 2 && y + 1 < height && x + 1 < width) differ(pixel, pixel + width + 1);
      if (connectivity === 2 && y + 1 < height && x > 0) differ(pixel, pixel + width - 1);
    }
  }
  if (mode !== "thick") {
    for (let y = 0, pixel = 0; y < height; y++) {
      for (let x = 0; x < width; x++, pixel++) {
        if (!found[pixel]) continue;
        const foreground = data[pixel] !== 0;
        const keep = mode === "inner" ? foreground : !foreground || touchesAnother(data, height, width, y, x);
        if (!keep) found[pixel] = 0;
      }
    }
  }
  return new NdArray({ dtype: "bool", shape: labels.shape, buffer: found });
}
