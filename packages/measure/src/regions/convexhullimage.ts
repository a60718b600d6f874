import { NdArray } from "@bioengine/ndarray";
import { integerImage } from "../labelimage";
import { findRegions } from "./region";
import { Scratch } from "./scratch";

const action = "take the convex hull";

/**
 * The smallest convex mask around all that is not 0 (scikit-image's `convex_hull_image`, which takes pixels as diamonds;
 * what lies on the hull is in it).
 *
 * @param image `[y, x]` bools or integers; not modified
 * @returns bool; of an empty image an empty one
 * @throws {TypeError} if the image is of floats
 * @throws {RangeError} if it has other axes
 * @example
 * const hull = convexHullImage(mask.equal(7));
 */
export function convexHullImage(image: NdArray): NdArray<"bool"> {
  integerImage(image, action, "convexHullImage(image.greater(0))");
  if (image.ndim !== 2) {
    throw new RangeError(
      `Cannot ${action}: the axes must be [y, x], got shape [${image.shape.join(", ")}]; use image.at(0)`,
    );
  }
  const width = image.shape[1];
  const buffer = new Uint8Array(image.size);
  const labels = integerImage(image.notEqual(0), action, "image.greater(0)");
  const measured = { labels, intensities: undefined, spacing: [1, 1], scratch: new Scratch() };
  const { count, region } = findRegions(measured, action);
  if (count === 1) {
    const { hull, start } = region(0);
    for (let at = 0; at < hull.length; at += 2) {
      const row = (start[0] + at / 2) * width + start[1];
      if (hull[at] < hull[at + 1]) buffer.fill(1, row + hull[at], row + hull[at + 1]);
    }
  }
  return new NdArray({ dtype: "bool", shape: image.shape, buffer });
}
