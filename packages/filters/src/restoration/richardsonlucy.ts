import { checkOptions, NdArray } from "@bioengine/ndarray";

import { kernelConvolution } from "../filter/kernelconvolution";
import { checkSpatialImage, floatsOf, floatType, imageOf, numbersOf } from "../image";

import { checkNumber } from "../option";

/** How `richardsonLucy` deconvolves. */
export interface RichardsonLucyOptions {
  /** How often the estimate is improved; noise grows with it. Default 50. */
  numIter?: number;
  /** Cut values to -1 .. 1. Default true. */
  clip?: boolean;
  /** Where the blurred estimate is less, the image counts as 0. Default: nowhere. */
  filterEpsilon?: number;
}

const door = {
  name: "richardsonLucy",
  action: "deconvolve",
  options: ["numIter", "clip", "filterEpsilon"],
  aliases: { iterations: "numIter", numberOfIterations: "numIter" },
};

// Keeps quotients finite where the estimate is 0 (scikit-image's value).
const LEAST = 1e-12;

function checkPsf(image: NdArray, psf: NdArray): void {
  const { name, action } = door;
  const fix = `use ${name}(image, psf)`;
  if (!(psf instanceof NdArray)) {
    throw new TypeError(
      `Cannot ${action}: the point spread function must be an NdArray, got ${String(psf)}; ${fix}`,
    );
  }
  if (psf.ndim === image.ndim && psf.size > 0) return;
  throw new RangeError(
    `Cannot ${action}: the point spread function must have the image's ${image.ndim} axes, got shape [${psf.shape.join(", ")}]`,
  );
}

/**
 * Sharpen an image that a microscope blurred (scikit-image's `richardson_lucy`). It is computed in float64, for float32
 * images too, and integers, which scikit-image takes as they are and clips, are scaled.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype, not negative, integers scaled to 0 .. 1; not modified
 * @param psf the point spread function along the same axes, of sum 1; not modified
 * @returns float64, or float32 for float32 and float16 images
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if the axes differ, or an option is out of range
 * @example
 * const point = zeros([15, 15]);
 * point.set(1, 7, 7);
 * const sharp = richardsonLucy(image, gaussian(point, { sigma: 2 }), { numIter: 20 });
 */
export function richardsonLucy(
  image: NdArray,
  psf: NdArray,
  options: RichardsonLucyOptions = {},
): NdArray<"float32" | "float64"> {
  const { action } = door;
  checkSpatialImage(image, { ...door, rest: "psf" });
  checkPsf(image, psf);
  checkOptions(door, options);
  const { numIter = 50, clip = true, filterEpsilon = 0 } = options;
  checkNumber(action, "numIter", numIter, "a whole number above 0", Number.isInteger(numIter) && numIter > 0);
  checkNumber(action, "filterEpsilon", filterEpsilon, "at least 0", filterEpsilon >= 0);
  const { shape } = image;
  const kernel = { values: numbersOf(psf), shape: psf.shape };
  const blur = kernelConvolution(shape, kernel);
  const blurBack = kernelConvolution(shape, { ...kernel, values: kernel.values.slice().reverse() });
  const seen = floatsOf(image);
  const estimate = new Float64Array(seen.length).fill(0.5);
  for (let iteration = 0; iteration < numIter; iteration++) {
    const blurred = blur(estimate);
    for (let i = 0; i < blurred.length; i++) {
      const value = blurred[i] + LEAST;
      blurred[i] = filterEpsilon > 0 && value < filterEpsilon ? 0 : seen[i] / value;
    }
    const factors = blurBack(blurred);
    for (let i = 0; i < estimate.length; i++) estimate[i] *= factors[i];
  }
  if (clip) for (let i = 0; i < estimate.length; i++) estimate[i] = Math.max(-1, Math.min(1, estimate[i]));
  return imageOf(estimate, image, floatType(image.dtype));
}
