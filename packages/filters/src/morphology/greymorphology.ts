import { checkOptions, type DataOf, type DType, NdArray } from "@bioengine/ndarray";
import { type BorderMode, borderModes, checkMode } from "../border";
import { checkFootprint, connectivityFootprint, mirrored, type Window, windowOf } from "../footprint";
import { checkSpatialImage, imageOf, largestOf, type Numbers, numbersOf } from "../image";
import { extremeFilter } from "./extremum";
import { maskExtremeFilter } from "./maskextremum";
import type { Extreme } from "./rowextremes";

/** How morphology treats the edge. */
export interface MorphologyOptions {
  /**
   * What is beyond the edge: a border mode; `"min"`, `"max"`: the least or largest value of the dtype; `"ignore"`:
   * nothing that counts. Default `"reflect"`.
   */
  mode?: BorderMode | "min" | "max" | "ignore";
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
}

/** An image on its way through erosions and dilations. */
interface Work {
  /** Of a mask 0 and 1. */
  readonly data: Numbers;
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly window: Window;
  readonly mode: NonNullable<MorphologyOptions["mode"]>;
  readonly cval: number;
}

function bound(dtype: DType, extreme: Extreme): number {
  if (dtype.includes("float")) return extreme === "max" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (dtype === "bool") return extreme === "max" ? 1 : 0;
  const largest = largestOf(dtype);
  return extreme === "max" ? largest : dtype.startsWith("u") ? 0 : -largest - 1;
}

function filtered({ data, shape, dtype, window, mode, cval }: Work, extreme: Extreme): Numbers {
  const outer = mode === "ignore" ? (extreme === "min" ? "max" : "min") : mode;
  const [border, outside]: [BorderMode, number] =
    outer === "min" || outer === "max" ? ["constant", bound(dtype, outer)] : [outer, cval];
  return dtype === "bool" && data instanceof Uint8Array
    ? maskExtremeFilter(data, shape, window, extreme, border, outside)
    : extremeFilter(data, shape, window, extreme, border, outside);
}

/** The elements in C order, 64-bit integers as float64; perhaps the image's own memory. */
function elementsOf(image: NdArray): Numbers {
  const { data } = image;
  return data instanceof BigInt64Array || data instanceof BigUint64Array ? numbersOf(image) : data;
}

function workOf(
  name: string,
  action: string,
  image: NdArray,
  footprint: NdArray | undefined,
  options: MorphologyOptions,
): Work {
  const rest = footprint && "footprint";
  checkSpatialImage(image, { name, action, rest }, undefined, footprint?.shape);
  const used = footprint ?? connectivityFootprint(image.ndim, 1);
  checkFootprint(action, name, image, used);
  checkOptions({ name, action, options: ["mode", "cval"] }, options);
  const { mode = "reflect", cval = 0 } = options;
  checkMode(action, mode, [...borderModes, "min", "max", "ignore"]);
  const { shape, dtype } = image;
  return {
    data: elementsOf(image),
    shape,
    dtype,
    window: windowOf(used, "first"),
    mode,
    cval,
  };
}

const eroded = (work: Work): Numbers => filtered(work, "min");
const dilated = (work: Work): Numbers => filtered(work, "max");
const opened = (work: Work): Numbers =>
  dilated({ ...work, data: eroded(work), window: mirrored(work.window) });
const closed = (work: Work): Numbers =>
  eroded({ ...work, data: dilated(work), window: mirrored(work.window) });

/** One less the other; of masks, where one is true alone. */
function difference(dtype: DType, a: Numbers, b: Numbers): Numbers {
  const result = a.slice();
  if (dtype === "bool") for (let i = 0; i < result.length; i++) result[i] ^= b[i];
  else for (let i = 0; i < result.length; i++) result[i] -= b[i];
  return result;
}

function finish<D extends DType>(image: NdArray<D>, data: Numbers): NdArray<D> {
  const { dtype, shape, dimensions, role } = image;
  if (data instanceof Float64Array && dtype !== "float64") return imageOf(data, image, dtype, role);
  // All but 64-bit integers are of the image's own kind.
  return new NdArray({ dtype, shape, dimensions, role, buffer: data as DataOf<D> });
}

/**
 * Erode an image: the least value under the footprint (scikit-image's `erosion`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; a bool mask stays bool; not modified
 * @param footprint such as `disk(3)`; default: the pixel and its neighbours over edges
 * @returns the image's dtype
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if the footprint has other axes, or there is no such mode
 * @example
 * const smaller = erosion(mask, disk(2));
 */
export function erosion<D extends DType>(
  image: NdArray<D>,
  footprint?: NdArray,
  options: MorphologyOptions = {},
): NdArray<D> {
  return finish(image, eroded(workOf("erosion", "erode", image, footprint, options)));
}

/**
 * Dilate an image: the largest value under the footprint (scikit-image's `dilation`). For labels, use `expandLabels`.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; a bool mask stays bool; not modified
 * @param footprint such as `disk(3)`; default: the pixel and its neighbours over edges
 * @returns the image's dtype
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if the footprint has other axes, or there is no such mode
 * @example
 * const larger = dilation(mask, disk(2));
 */
export function dilation<D extends DType>(
  image: NdArray<D>,
  footprint?: NdArray,
  options: MorphologyOptions = {},
): NdArray<D> {
  return finish(image, dilated(workOf("dilation", "dilate", image, footprint, options)));
}

/**
 * Erode, then dilate: removes what is bright and smaller than the footprint (scikit-image's `opening`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @param footprint such as `disk(3)`; default: the pixel and its neighbours over edges
 * @returns the image's dtype
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if the footprint has other axes, or there is no such mode
 * @example
 * const clean = opening(mask, disk(2));
 */
export function opening<D extends DType>(
  image: NdArray<D>,
  footprint?: NdArray,
  options: MorphologyOptions = {},
): NdArray<D> {
  return finish(image, opened(workOf("opening", "open", image, footprint, options)));
}

/**
 * Dilate, then erode: fills what is dark and smaller than the footprint (scikit-image's `closing`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @param footprint such as `disk(3)`; default: the pixel and its neighbours over edges
 * @returns the image's dtype
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if the footprint has other axes, or there is no such mode
 * @example
 * const whole = closing(mask, disk(2));
 */
export function closing<D extends DType>(
  image: NdArray<D>,
  footprint?: NdArray,
  options: MorphologyOptions = {},
): NdArray<D> {
  return finish(image, closed(workOf("closing", "close", image, footprint, options)));
}

/**
 * What opening removes: bright details smaller than the footprint, without the uneven background (scikit-image's
 * `white_tophat`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @param footprint larger than the objects, such as `disk(15)`
 * @returns the image's dtype
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if the footprint has other axes, or there is no such mode
 * @example
 * const spots = whiteTophat(image, disk(5));
 */
export function whiteTophat<D extends DType>(
  image: NdArray<D>,
  footprint?: NdArray,
  options: MorphologyOptions = {},
): NdArray<D> {
  const work = workOf("whiteTophat", "take the top hat", image, footprint, options);
  return finish(image, difference(work.dtype, work.data, opened(work)));
}

/**
 * What closing fills: dark details smaller than the footprint (scikit-image's `black_tophat`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @param footprint larger than the details
 * @returns the image's dtype
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if the footprint has other axes, or there is no such mode
 * @example
 * const gaps = blackTophat(image, disk(5));
 */
export function blackTophat<D extends DType>(
  image: NdArray<D>,
  footprint?: NdArray,
  options: MorphologyOptions = {},
): NdArray<D> {
  const work = workOf("blackTophat", "take the top hat", image, footprint, options);
  return finish(image, difference(work.dtype, closed(work), work.data));
}
