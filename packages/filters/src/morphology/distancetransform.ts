import { checkOptions, NdArray } from "@bioengine/ndarray";
import { binaryOf, checkSpatialImage } from "../image";
import { perAxis } from "../option";
import { featureTransform } from "./featuretransform";

/** How far pixels are from each other. */
export interface DistanceTransformOptions {
  /** Distance of neighbours along each axis, or one for all. Default 1. */
  sampling?: number | readonly number[];
}

const door = {
  name: "distanceTransformEdt",
  action: "transform distances",
  options: ["sampling"],
  aliases: { spacing: "sampling" },
};

/**
 * The Euclidean distance of each pixel from the background, exact (SciPy's `distance_transform_edt`). Without any
 * background it is infinite, where SciPy gives the distance from a pixel outside.
 *
 * @param image `[y, x]` or `[z, y, x]`, 0 = background; not modified
 * @returns float64, in pixels or in the unit of `sampling`; 0 on the background
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if the sampling doesn't fit
 * @example
 * const distance = distanceTransformEdt(mask);
 */
export function distanceTransformEdt(
  image: NdArray,
  options: DistanceTransformOptions = {},
): NdArray<"float64"> {
  checkSpatialImage(image, door);
  checkOptions(door, options);
  const isRight = (one: number) => Number.isFinite(one) && one > 0;
  const sampling = perAxis(door.action, "sampling", options.sampling ?? 1, image.ndim, "above 0", isRight);
  const { squares } = featureTransform(binaryOf(image), image.shape, sampling);
  for (let i = 0; i < squares.length; i++) squares[i] = Math.sqrt(squares[i]);
  const { shape, dimensions } = image;
  return new NdArray({ dtype: "float64", shape, buffer: squares, dimensions });
}
