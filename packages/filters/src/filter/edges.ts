import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { type Border, type BorderMode, checkMode } from "../border";
import { checkSpatialImage, floatImage, scaledOf } from "../image";
import { checkNumber } from "../option";
import { correlated } from "./correlation";
import { visitSlopes } from "./slopes";
import { slope, symmetric } from "./taps";

/** Which edges `sobel`, `prewitt` and `scharr` find. */
export interface EdgeOptions {
  /** The axis along which differences are taken. Default: all, as a magnitude. */
  axis?: number;
  /** What is beyond the edge. Default `"reflect"`. */
  mode?: BorderMode;
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
}

/** Differences along one axis, or their magnitude, of values that are smoothed along the others. */
function edges(name: string, smoothing: readonly number[], image: NdArray, options: EdgeOptions) {
  const action = "find edges";
  checkSpatialImage(image, { name, action });
  checkOptions({ name, action, options: ["axis", "mode", "cval"] }, options);
  const { axis, mode = "reflect", cval = 0 } = options;
  const { ndim, shape } = image;
  checkMode(action, mode);
  if (axis !== undefined) {
    const isRight = Number.isInteger(axis) && axis >= -ndim && axis < ndim;
    checkNumber(action, "axis", axis, `from ${-ndim} to ${ndim - 1}`, isRight);
  }
  if (ndim === 2 && axis === undefined) return steepness(image, smoothing, { mode, cval });
  const weights = symmetric(smoothing);
  const slopeAlong = (along: number) => {
    const kernels = shape.map((_, other) => (other === along ? slope : weights));
    return correlated(scaledOf(image), shape, kernels, { mode, cval });
  };
  if (axis !== undefined) return floatImage(slopeAlong((axis + ndim) % ndim), image);
  const [result, ...others] = Array.from(shape.keys(), slopeAlong);
  for (let i = 0; i < result.length; i++) result[i] *= result[i];
  for (const other of others) for (let i = 0; i < result.length; i++) result[i] += other[i] * other[i];
  for (let i = 0; i < result.length; i++) result[i] = Math.sqrt(result[i] / ndim);
  return floatImage(result, image);
}

/** The magnitude of the differences along both axes. */
function steepness(image: NdArray, smoothing: readonly number[], { mode, cval }: Border) {
  const { shape } = image;
  const { values, scale } = scaledOf(image);
  const result = values instanceof Float32Array ? new Float32Array(image.size) : new Float64Array(image.size);
  const width = shape[1];
  const share = (scale * scale) / 2;
  visitSlopes(values, shape, smoothing, { mode, cval: cval / scale }, (y, down, right) => {
    for (let x = 0, at = y * width; x < width; x++, at++) {
      result[at] = Math.sqrt((down[x] * down[x] + right[x] * right[x]) * share);
    }
  });
  return floatImage(result, image);
}

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
export const sobel = (image: NdArray, options: EdgeOptions = {}): NdArray<"float32" | "float64"> =>
  edges("sobel", [0.5, 0.25], image, options);

/**
 * How steep an image is, neighbours counting as much as the pixel itself (scikit-image's `prewitt`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns float64, or float32 for float32 images; integers are scaled to 0 .. 1 first
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const edges = prewitt(image);
 */
export const prewitt = (image: NdArray, options: EdgeOptions = {}): NdArray<"float32" | "float64"> =>
  edges("prewitt", [1 / 3, 1 / 3], image, options);

/**
 * How steep an image is, much the same in all directions (scikit-image's `scharr`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns float64, or float32 for float32 images; integers are scaled to 0 .. 1 first
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const edges = scharr(image);
 */
export const scharr = (image: NdArray, options: EdgeOptions = {}): NdArray<"float32" | "float64"> =>
  edges("scharr", [10 / 16, 3 / 16], image, options);
