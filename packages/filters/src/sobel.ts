import type { NdArray } from "@bioengine/ndarray";
import { type BorderMode, checkMode } from "./border";
import { correlateAxis, floatsLike } from "./correlation";
import { checkImage, floatImage, floatsOf } from "./image";
import { checkNumber, checkOptions } from "./option";

/** Which edges `sobel` finds. */
export interface SobelOptions {
  /** The axis along which differences are taken. Default: all, as a magnitude. */
  axis?: number;
  /** What is beyond the edge. Default `"reflect"`. */
  mode?: BorderMode;
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
}

const door = { name: "sobel", action: "find edges", options: ["axis", "mode", "cval"] };

const smoothing = Float64Array.of(0.5, 0.25);
const difference = Float64Array.of(0, 1);

/**
 * How steep an image is (scikit-image's `sobel`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns float64, or float32 for float32 images; integers are scaled to 0 .. 1 first
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const labels = watershed(sobel(image), markers);
 */
export function sobel(image: NdArray, options: SobelOptions = {}): NdArray<"float32" | "float64"> {
  const { action } = door;
  checkImage(image, action);
  checkOptions(door, options);
  const { axis, mode = "reflect", cval = 0 } = options;
  const { ndim, shape } = image;
  checkMode(action, mode);
  if (axis !== undefined) {
    const isRight = Number.isInteger(axis) && axis >= -ndim && axis < ndim;
    checkNumber(action, "axis", axis, `from ${-ndim} to ${ndim - 1}`, isRight);
  }
  const all = shape.map((_, index) => index);
  const axes = axis === undefined ? all : [(axis + ndim) % ndim];
  const data = floatsOf(image);
  const slopes = axes.map((along) => {
    const smoothed = all
      .filter((other) => other !== along)
      .reduce((current, other) => correlateAxis(current, shape, other, smoothing, { mode, cval }), data);
    return correlateAxis(smoothed, shape, along, difference, { mode, cval }, -1);
  });
  if (slopes.length === 1) return floatImage(slopes[0], image);
  const result = floatsLike(data);
  for (let i = 0; i < result.length; i++) {
    let sum = 0;
    for (const slope of slopes) sum += slope[i] * slope[i];
    result[i] = Math.sqrt(sum / ndim);
  }
  return floatImage(result, image);
}
