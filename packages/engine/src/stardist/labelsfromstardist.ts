import { NdArray } from "@bioengine/ndarray";
import { keepSizes } from "../extent";
import { paintObjects } from "./painting";
import { candidatesOf } from "./starobjects";
import { suppress } from "./suppression";

/** How star-convex polygons become labels. */
export interface LabelsFromStarDistOptions {
  /** Pixels of the image per pixel of the prediction. Default 2. */
  grid?: number;
  /** Smallest probability of an object, 0 to 1. Default 0.5. */
  probabilityThreshold?: number;
  /** Largest share of the smaller polygon that two objects may have in common, 0 to 1. Default 0.4. */
  nmsThreshold?: number;
  /** `[y, x]` of the labels. Default: the prediction's, times `grid`. */
  shape?: readonly number[];
}

/**
 * Turn StarDist's prediction into labels: candidates over the threshold, non-maximum suppression by the overlap of
 * their polygons, and the polygons painted, the most probable on top. As StarDist 0.9 (Schmidt, Weigert, Broaddus
 * and Myers, "Cell Detection with Star-Convex Polygons", MICCAI 2018). Of equally probable candidates the first in
 * reading order comes first, where StarDist's order is that of an unstable sort. No limit on the number of objects. A
 * candidate with a distance that isn't finite or is over 4096 pixels is dropped.
 *
 * @param probability `[y, x]` float32, 0 to 1; not modified
 * @param distances `[y, x, ray]` float32, pixels of the image; ray k points at 2πk / n with (sin, cos) = (y, x)
 * @returns `[y, x]` int32, 0 = background, 1 .. n without gaps, the most probable first
 * @throws {TypeError} if an input is not float32
 * @throws {RangeError} if the shapes don't fit
 * @example
 * labelsFromStarDist(probability, distances, { grid: 2, probabilityThreshold: 0.5 }).max();
 */
export function labelsFromStarDist(
  probability: NdArray,
  distances: NdArray,
  options: LabelsFromStarDistOptions = {},
): NdArray<"int32"> {
  const { grid = 2, probabilityThreshold = 0.5, nmsThreshold = 0.4 } = options;
  const { data: probabilities } = probability;
  const { buffer, strides, offset } = distances;
  if (!(probabilities instanceof Float32Array) || !(buffer instanceof Float32Array)) {
    throw new TypeError(
      `Cannot make labels: probability and distances must be float32, got ${probability.dtype} and ${distances.dtype}; use probability.astype("float32")`,
    );
  }
  const [rows = 0, columns = 0] = probability.shape;
  const [distanceRows, distanceColumns, rays = 0] = distances.shape;
  const fits = distanceRows === rows && distanceColumns === columns && rays > 2;
  if (probability.ndim !== 2 || distances.ndim !== 3 || !fits) {
    throw new RangeError(
      `Cannot make labels: the axes must be [y, x] and [y, x, ray], got shapes [${probability.shape.join(", ")}] and [${distances.shape.join(", ")}]`,
    );
  }
  const [height = 0, width = 0] = options.shape ?? [rows * grid, columns * grid];
  const [stepY = 0, stepX = 0, stepRay = 0] = strides;
  const candidates = candidatesOf(probabilities, buffer, {
    ...{ rows, columns, rays, grid, probabilityThreshold },
    region: { top: 0, left: 0, bottom: height, right: width },
    strides: { ray: stepRay, row: stepY, column: stepX, first: offset },
  });
  const labels = new Int32Array(height * width);
  paintObjects(labels, height, width, suppress(candidates, nmsThreshold));
  keepSizes(labels, 1);
  return new NdArray({ dtype: "int32", shape: [height, width], buffer: labels, role: "labels" });
}
