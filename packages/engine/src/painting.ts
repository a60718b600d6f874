import { paintPolygon, starPolygon } from "./polygon";
import type { StarObjects } from "./starobjects";

/**
 * Paint objects as labels into an image, in place, the most probable on top: object i becomes label i + 1 in every
 * pixel whose centre lies in its polygon. A label under others may be missing afterwards.
 *
 * @param labels `[y, x]`, painted over
 * @param objects most probable first, as `suppress` gives them
 */
export function paintObjects(
  labels: Int32Array,
  height: number,
  width: number,
  { count, rays, y, x, distances }: StarObjects,
): void {
  for (let object = count - 1; object >= 0; object--) {
    const reach = Float64Array.from(distances.subarray(object * rays, (object + 1) * rays));
    paintPolygon(labels, height, width, starPolygon(y[object], x[object], reach), object + 1);
  }
}
