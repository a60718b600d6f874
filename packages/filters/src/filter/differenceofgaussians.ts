import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { type BorderMode, checkMode } from "../border";
import { checkImage, checkSpatialImage, floatImage, scaledOf } from "../image";
import { checkNumber, perAxis } from "../option";
import { smoothed } from "./gaussian";

/** How `differenceOfGaussians` smooths. */
export interface DifferenceOfGaussiansOptions {
  /** Standard deviation of the wider Gaussian, one for all axes or one for each. Default 1.6 times the other one. */
  highSigma?: number | readonly number[];
  /** What is beyond the edge. Default `"nearest"`. */
  mode?: BorderMode;
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
  /** Where the Gaussians end, in standard deviations. Default 4. */
  truncate?: number;
}

const door = {
  name: "differenceOfGaussians",
  action: "take a difference of Gaussians",
  options: ["highSigma", "mode", "cval", "truncate"],
};

/**
 * Keep what is of a size: the image smoothed a little less the image smoothed more (scikit-image's
 * `difference_of_gaussians`), for spots on an uneven background.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @param lowSigma standard deviation of the narrower Gaussian in pixels, one for all axes or one for each
 * @returns float64, or float32 for float32 images; integers are scaled to 0 .. 1 first
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if a standard deviation is negative, or the wider Gaussian the narrower one
 * @example
 * const spots = differenceOfGaussians(image, 1, { highSigma: 4 });
 */
export function differenceOfGaussians(
  image: NdArray,
  lowSigma: number | readonly number[],
  options: DifferenceOfGaussiansOptions = {},
): NdArray<"float32" | "float64"> {
  const { name, action } = door;
  if (Array.isArray(lowSigma)) checkImage(image, action);
  else checkSpatialImage(image, { ...door, rest: String(lowSigma) });
  if (typeof lowSigma !== "number" && !Array.isArray(lowSigma)) {
    throw new TypeError(
      `Cannot ${action}: lowSigma must be a number or one for each axis, got ${String(lowSigma)}; use ${name}(image, 1)`,
    );
  }
  checkOptions(door, options);
  const { ndim, shape } = image;
  const low = perAxis(action, "lowSigma", lowSigma, ndim, "at least 0", (one) => one >= 0);
  const { highSigma = low.map((one) => 1.6 * one), mode = "nearest", cval = 0, truncate = 4 } = options;
  const high = perAxis(action, "highSigma", highSigma, ndim, "at least 0", (one) => one >= 0);
  checkNumber(action, "truncate", truncate, "above 0", truncate > 0);
  checkMode(action, mode);
  if (high.some((one, axis) => one < low[axis])) {
    throw new RangeError(`Cannot ${action}: highSigma must be at least lowSigma, got [${high.join(", ")}]`);
  }
  const source = scaledOf(image);
  const narrow = smoothed(source, shape, low, { mode, cval }, truncate);
  const wide = smoothed(source, shape, high, { mode, cval }, truncate);
  for (let i = 0; i < narrow.length; i++) narrow[i] -= wide[i];
  return floatImage(narrow, image);
}
