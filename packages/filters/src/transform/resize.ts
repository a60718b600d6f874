import { axesApart, checkOptions, type DType, type NdArray } from "@bioengine/ndarray";
import { smoothed } from "../filter/gaussian";
import { checkImage, floatsOf, floatType, imageOf, numbersOf } from "../image";
import { perAxis } from "../option";
import { roundEven } from "../roundeven";
import { type Order, resampleAxis } from "./interpolation";

/** How `resize` and `rescale` make new pixels. */
export interface ResizeOptions {
  /** 0: the nearest pixel, for labels; 1: linear; 3: cubic spline. Default 1, and 0 for bool. */
  order?: Order;
  /** Keep the values of integers, which are otherwise scaled to 0 .. 1; not for order 0, which keeps the dtype. Default false. */
  preserveRange?: boolean;
  /** Smooth before making an image smaller. Default: true, but for bool, and for integers with order 0. */
  antiAliasing?: boolean;
  /** Standard deviation of that, one or one for each axis. Default (factor - 1) / 2. */
  antiAliasingSigma?: number | readonly number[];
  /** Cut values to the image's range, beyond which splines swing. Default true. */
  clip?: boolean;
}

const options = ["order", "preserveRange", "antiAliasing", "antiAliasingSigma", "clip"];
const aliases = { interpolation: "order" };
const action = "resize";

/** The least and the largest number, NaN left out. */
function rangeOf(data: ArrayLike<number>): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < data.length; i++) {
    if (data[i] < low) low = data[i];
    if (data[i] > high) high = data[i];
  }
  return [low, high];
}

/**
 * Check an interpolation at a public door.
 *
 * @throws {RangeError} if there is no such order, or not for bools
 */
export function checkOrder(what: string, order: number, dtype: DType): void {
  if ([0, 1, 3].includes(order) && (dtype !== "bool" || order === 0)) return;
  const [wanted, fix] =
    dtype === "bool" ? ["0 for bool", '; use image.astype("float32")'] : ["0, 1 or 3", ""];
  throw new RangeError(`Cannot ${what}: order must be ${wanted}, got ${String(order)}${fix}`);
}

function resized(image: NdArray, shape: readonly number[], given: ResizeOptions): NdArray {
  const { dtype } = image;
  const isFloat = dtype.includes("float");
  const { order = dtype === "bool" ? 0 : 1, preserveRange, clip = true } = given;
  checkOrder(action, order, dtype);
  const isSmaller = shape.some((length, axis) => length < image.shape[axis]);
  const { antiAliasing = dtype !== "bool" && (isFloat || order !== 0) && isSmaller } = given;
  if (antiAliasing && dtype === "bool") {
    throw new RangeError(
      `Cannot ${action}: antiAliasing must be false for bool, got true; use image.astype("float32")`,
    );
  }
  const factors = shape.map((length, axis) => image.shape[axis] / length);
  const source = order > 0 || isFloat ? floatsOf(image, preserveRange) : numbersOf(image);
  const result = order > 0 && !isFloat ? "float64" : isFloat ? floatType(dtype) : dtype;
  let data = Float64Array.from(source);
  if (antiAliasing) {
    const usual = factors.map((factor) => Math.max(0, (factor - 1) / 2));
    const { antiAliasingSigma = usual } = given;
    const sigma = perAxis(
      action,
      "antiAliasingSigma",
      antiAliasingSigma,
      image.ndim,
      "at least 0",
      (one) => one >= 0,
    );
    const scaled = { values: source, scale: 1 };
    data = Float64Array.from(smoothed(scaled, image.shape, sigma, { mode: "mirror", cval: 0 }));
  }
  if (factors.some((factor) => factor !== 1)) {
    const lengths = [...image.shape];
    for (const [axis, length] of shape.entries()) {
      data = Float64Array.from(resampleAxis(data, lengths, axis, length, order));
      lengths[axis] = length;
    }
  }
  if (clip) {
    const [low, high] = rangeOf(source);
    for (let i = 0; i < data.length; i++) data[i] = data[i] < low ? low : data[i] > high ? high : data[i];
  }
  const dimensions = image.dimensions?.map(({ name, spacing }, axis) =>
    spacing === undefined ? { name } : { name, spacing: spacing * factors[axis] },
  );
  return imageOf(data, { shape, dimensions }, result, order === 0 ? image.role : undefined);
}

/**
 * Bring an image to another size (scikit-image's `resize`), mirrored beyond its edge.
 *
 * @param image `[y, x]` or `[z, y, x]`, or with channels, any dtype; not modified
 * @param outputShape one length for each axis; that of channels may be left out
 * @returns floats, integers being scaled to 0 .. 1 unless `preserveRange`; order 0 keeps integers and bools
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if a length or an option is out of range
 * @example
 * const small = resize(image, [256, 256]);
 * const labels = resize(mask, [256, 256], { order: 0 });
 */
export function resize(image: NdArray, outputShape: readonly number[], given: ResizeOptions = {}): NdArray {
  checkImage(image, action, [1, 2, 3, 4]);
  checkOptions({ name: "resize", action, options, aliases }, given);
  const shape = Array.isArray(outputShape) ? [...outputShape] : [];
  if (shape.length > 0 && shape.length === image.ndim - 1) shape.push(image.shape[image.ndim - 1]);
  if (shape.length !== image.ndim || !shape.every((length) => Number.isInteger(length) && length > 0)) {
    throw new RangeError(
      `Cannot ${action}: the output shape must be ${image.ndim} lengths above 0, got ${JSON.stringify(outputShape)}; use resize(image, [${image.shape.join(", ")}])`,
    );
  }
  return resized(image, shape, given);
}

/** One factor for all axes would give fewer channels or frames. */
function checkSpaceScaled(image: NdArray, scale: number): void {
  const apart = axesApart(image);
  if (apart.length === 0) return;
  const factors = image.shape.map((_, axis) => (apart.includes(axis) ? 1 : scale));
  throw new RangeError(
    `Cannot ${action}: the scale must be one for each axis where not all are of space, got axes ${image.axes}; use rescale(image, [${factors.join(", ")}])`,
  );
}

/**
 * Make an image larger or smaller by a factor (scikit-image's `rescale`), mirrored beyond its edge.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @param scale factor, above 0, one for all axes or one for each: `[0.5, 0.5, 1]` for `[y, x, c]`
 * @returns as `resize` does
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if the scale or an option is out of range
 * @example
 * const half = rescale(image, 0.5);
 */
export function rescale(
  image: NdArray,
  scale: number | readonly number[],
  given: ResizeOptions = {},
): NdArray {
  checkImage(image, action, [1, 2, 3, 4]);
  if (typeof scale === "number") checkSpaceScaled(image, scale);
  checkOptions({ name: "rescale", action, options, aliases }, given);
  const isRight = (one: number) => Number.isFinite(one) && one > 0;
  const factors = perAxis(action, "scale", scale, image.ndim, "above 0", isRight);
  const shape = image.shape.map((length, axis) => Math.max(1, roundEven(length * factors[axis])));
  return resized(image, shape, given);
}
