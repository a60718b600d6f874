import type { NdArray } from "@bioengine/ndarray";

/** Whether an array is of points `[count, axis]` of an image, such as `peakLocalMax` gives, and not an image itself. */
export const isPoints = (image: NdArray, points: NdArray): boolean =>
  points.ndim === 2 && points.shape[1] === image.ndim && points.shape.join() !== image.shape.join();

/**
 * Labels 1, 2, … at points, in their order; of two at one place the later stays.
 *
 * @throws {RangeError} if one isn't in the image
 */
export function pointLabels(points: NdArray, shape: readonly number[], action: string): Int32Array {
  const labels = new Int32Array(shape.reduce((product, length) => product * length, 1));
  const { data } = points;
  for (let point = 0; point < points.shape[0]; point++) {
    let at = 0;
    for (const [axis, length] of shape.entries()) {
      const place = Number(data[point * shape.length + axis]);
      if (!Number.isInteger(place) || place < 0 || place >= length) {
        throw new RangeError(
          `Cannot ${action}: markers that are points must lie in the image of shape [${shape.join(", ")}], got ${place} at [${point}, ${axis}]`,
        );
      }
      at = at * length + place;
    }
    labels[at] = point + 1;
  }
  return labels;
}
