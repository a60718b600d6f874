import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { checkSpatialImage, floatImage, newFloatsOf, scaledOf } from "../image";
import { checkNumber } from "../option";
import { smoothed } from "./gaussian";

/** How `unsharpMask` sharpens. */
export interface UnsharpMaskOptions {
  /** Standard deviation in pixels of the Gaussian whose difference is added. Default 1. */
  radius?: number;
  /** How much of the difference is added; below 0 smooths. Default 1. */
  amount?: number;
  /** Keep the values of integers, which are otherwise scaled to 0 .. 1 and cut to that. Default false. */
  preserveRange?: boolean;
}

const door = {
  name: "unsharpMask",
  action: "sharpen",
  options: ["radius", "amount", "preserveRange"],
  aliases: { sigma: "radius" },
};

/**
 * Sharpen an image: add its difference from the smoothed image (scikit-image's `unsharp_mask`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns float64, or float32 for float32 images, from 0 (or -1, if there are negative values) to 1 unless
 *   `preserveRange`
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if the radius is negative
 * @example
 * const sharp = unsharpMask(image, { radius: 2, amount: 1.5 });
 */
export function unsharpMask(
  image: NdArray,
  options: UnsharpMaskOptions = {},
): NdArray<"float32" | "float64"> {
  checkSpatialImage(image, door);
  checkOptions(door, options);
  const { radius = 1, amount = 1, preserveRange = false } = options;
  checkNumber(door.action, "radius", radius, "at least 0", radius >= 0);
  checkNumber(door.action, "amount", amount, "a finite number", Number.isFinite(amount));
  const { shape } = image;
  const sharp = newFloatsOf(image, preserveRange);
  const radii = shape.map(() => radius);
  const blurred = smoothed(scaledOf(image, preserveRange), shape, radii, { mode: "reflect", cval: 0 });
  let least = 0;
  for (let i = 0; i < sharp.length; i++) if (sharp[i] < 0) least = -1;
  for (let i = 0; i < sharp.length; i++) {
    const value = sharp[i] + (sharp[i] - blurred[i]) * amount;
    sharp[i] = preserveRange ? value : Math.min(1, Math.max(least, value));
  }
  return floatImage(sharp, image);
}
