import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { type Border, type BorderMode, checkMode } from "../border";
import { checkImage, checkSpatialImage, type Floats, floatImage, type Scaled, scaledOf } from "../image";
import { perAxis } from "../option";
import { correlatedInTurn } from "./correlation";
import { gaussianHalf } from "./gaussian";
import { symmetric } from "./taps";

/** What is beyond the edge for `gaussianLaplace`. */
export interface GaussianLaplaceOptions {
  /** What is beyond the edge. Default `"reflect"`. */
  mode?: BorderMode;
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
}

/** The second derivatives of a smoothed image, summed over its axes; new floats. */
export function laplaced(
  source: Scaled,
  shape: readonly number[],
  deviations: readonly number[],
  border: Border,
): Floats {
  const halves = deviations.map((deviation) => gaussianHalf(deviation, 4));
  const curves = halves.map((half, axis) => {
    const square = deviations[axis] ** 2;
    return half.map((weight, x) => ((x * x) / square - 1) * (weight / square));
  });
  // Curved along one axis, smoothed along the others.
  const [sum, ...others] = halves.map((_, axis) => {
    const weights = halves.map((half, other) => symmetric(other === axis ? curves[axis] : half));
    // SciPy has the same value beyond the edge each time, though a curvature makes 0 of it.
    return correlatedInTurn(source, shape, weights, border);
  });
  for (const bends of others) for (let pixel = 0; pixel < sum.length; pixel++) sum[pixel] += bends[pixel];
  return sum;
}

const door = { name: "gaussianLaplace", action: "find blobs", options: ["mode", "cval"] };

/**
 * The second derivatives of an image smoothed by a Gaussian, summed over its axes (SciPy's `gaussian_laplace`, the LoG
 * filter): lowest in the middle of bright blobs of radius sigma · √2 in 2-D. Of integers too it gives floats.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @param sigma standard deviation in pixels, above 0, one for all axes or one for each
 * @returns float64, or float32 for float32 and float16 images, in the image's own grey values
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if sigma or an option is out of range
 * @example
 * const spots = peakLocalMax(gaussianLaplace(image, 2).multiply(-1), { thresholdAbs: 5 });
 */
export function gaussianLaplace(
  image: NdArray,
  sigma: number | readonly number[],
  options: GaussianLaplaceOptions = {},
): NdArray<"float32" | "float64"> {
  const { name, action } = door;
  if (Array.isArray(sigma)) checkImage(image, action);
  else checkSpatialImage(image, { ...door, rest: String(sigma) });
  checkOptions(door, options);
  const { mode = "reflect", cval = 0 } = options;
  checkMode(action, mode);
  if (typeof sigma !== "number" && !Array.isArray(sigma)) {
    throw new TypeError(
      `Cannot ${action}: sigma must be a number or one for each axis, got ${String(sigma)}; use ${name}(image, 2)`,
    );
  }
  const { shape, ndim } = image;
  const deviations = perAxis(action, "sigma", sigma, ndim, "above 0", (one) => one > 0);
  return floatImage(laplaced(scaledOf(image, true), shape, deviations, { mode, cval }), image);
}
