import { axesApart, checkSpace, type DType, labelDtype, NdArray, type SpaceDoor } from "@bioengine/ndarray";

/** Elements of an image that are numbers, not of 64 bits. */
export type Numbers =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** Floating-point numbers of the image's own precision. */
export type Floats = Float32Array | Float64Array;

const shapeText = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

const axesText: Readonly<Record<number, string>> = {
  1: "[x]",
  2: "[y, x]",
  3: "[z, y, x]",
  4: "[z, y, x, c]",
};

/**
 * Check an image at a public door.
 *
 * @param action what the caller does, as in "Cannot <action>"
 * @param ndims how many axes it may have
 * @throws {TypeError} if it is no NdArray
 * @throws {RangeError} if it has other axes, or no pixels
 */
export function checkImage(image: NdArray, action: string, ndims: readonly number[] = [1, 2, 3]): void {
  if (typeof image?.dtype !== "string" || !Array.isArray(image.shape)) {
    const kind = Object.prototype.toString.call(image).slice(8, -1);
    throw new TypeError(
      `Cannot ${action}: an NdArray is needed, got ${kind}; use ndarray(data, [height, width])`,
    );
  }
  if (!ndims.includes(image.ndim) || image.size === 0) {
    const axes = ndims.map((ndim) => axesText[ndim]).join(" or ");
    const fix = image.ndim === 3 && image.size > 0 && image.shape[2] <= 4 ? "; use rgb2gray(image)" : "";
    throw new RangeError(
      `Cannot ${action}: the axes must be ${axes}, with pixels, got shape ${shapeText(image.shape)}${fix}`,
    );
  }
}

/**
 * Check an image at the public door of a function that goes by neighbours, for which channels, frames and colours
 * that are known to be such would be planes of a volume.
 *
 * @param ndims how many axes it may have
 * @param reach how many elements a pixel's neighbourhood has along each axis, if it is given: of one, nothing is mixed
 * @throws {TypeError} if it is no NdArray
 * @throws {RangeError} if it has other axes, among them channels, frames or colours, or no pixels
 */
export function checkSpatialImage(
  image: NdArray,
  door: SpaceDoor,
  ndims: readonly number[] = [1, 2, 3],
  reach: readonly number[] = [],
): void {
  const isMixed = axesApart(image ?? {}).some((axis) => reach.length !== image.ndim || reach[axis] !== 1);
  if (isMixed) checkSpace(image, door);
  checkImage(image, door.action, ndims);
}

/**
 * Check that a second array lies on the same pixels.
 *
 * @param name what it is, e.g. "the mask"
 * @throws {RangeError} if its shape is another one
 */
export function checkSameShape(image: NdArray, other: NdArray, action: string, name: string): void {
  checkImage(other, action);
  if (image.shape.join() === other.shape.join()) return;
  throw new RangeError(
    `Cannot ${action}: ${name} must have the image's shape ${shapeText(image.shape)}, got ${shapeText(other.shape)}`,
  );
}

/**
 * Check that an array's values are labels.
 *
 * @param subject what they are, e.g. "the labels"
 * @param name what the corrected line calls them, e.g. "mask"
 * @throws {TypeError} if it is of bools or floats, with what makes labels of them: whole numbers are converted; of an
 *   image, what is above a threshold is labelled
 */
export function checkLabels(labels: NdArray, action: string, subject: string, name: string): void {
  const { dtype } = labels;
  if (dtype !== "bool" && !dtype.includes("float")) return;
  const isWhole = () => numbersOf(labels).every(Number.isInteger);
  const above = `label(${name}.greater(thresholdOtsu(${name})))`;
  const fix =
    dtype === "bool" ? `label(${name})` : isWhole() ? `${name}.astype("${labelDtype(labels)}")` : above;
  throw new TypeError(`Cannot ${action}: ${subject} must be integers, got ${dtype}; use ${fix}`);
}

/** The values in C order as float64, exact up to 2^53; perhaps the image's own memory, so not to be written to. */
export const numbersOf = (image: NdArray): Float64Array =>
  image.dtype === "float64" ? (image.data as Float64Array) : image.astype("float64").data;

/** What an image's pixels lie on: lengths, and what the axes stand for. */
export type Grid = Pick<NdArray, "shape" | "dimensions">;

/** An image of a dtype, and of an image's role, from values that are exact in it; bytes are those of a mask. */
export function imageOf<D extends DType>(
  data: Uint8Array | Int32Array | Float64Array,
  { shape, dimensions }: Grid,
  dtype: D,
  role?: "labels",
): NdArray<D> {
  const parts = { shape, role, dimensions };
  if (data instanceof Uint8Array) return new NdArray({ ...parts, dtype: "bool", buffer: data }).astype(dtype);
  if (data instanceof Int32Array)
    return new NdArray({ ...parts, dtype: "int32", buffer: data }).astype(dtype);
  return new NdArray({ ...parts, dtype: "float64", buffer: data }).astype(dtype);
}

/** What is not 0, in C order, as 1; a new array. */
export function binaryOf(image: NdArray): Uint8Array {
  const { data, dtype } = image;
  if (dtype === "bool") return (data as Uint8Array).slice();
  const numbers = numbersOf(image);
  const binary = new Uint8Array(numbers.length);
  for (let i = 0; i < binary.length; i++) binary[i] = numbers[i] !== 0 ? 1 : 0;
  return binary;
}

/** The numbers with the other sign. */
export function negative(data: Float64Array): Float64Array {
  const result = new Float64Array(data.length);
  for (let i = 0; i < result.length; i++) result[i] = -data[i];
  return result;
}

/** 1 for 0, and 0 for 1. */
export function inverted(binary: Uint8Array): Uint8Array {
  const result = new Uint8Array(binary.length);
  for (let i = 0; i < result.length; i++) result[i] = 1 - binary[i];
  return result;
}

/** A bool image. */
export const boolImage = (buffer: Uint8Array, { shape, dimensions }: Grid): NdArray<"bool"> =>
  new NdArray({ dtype: "bool", shape, buffer, dimensions });

/** The dtype that scikit-image computes an image's floats in. */
export const floatType = (dtype: DType): "float32" | "float64" =>
  dtype === "float32" || dtype.endsWith("float16") ? "float32" : "float64";

/** Largest value of an integer dtype. */
export const largestOf = (dtype: DType): number => {
  const bits = Number(dtype.match(/\d+/)?.[0]);
  return 2 ** (dtype.startsWith("u") ? bits : bits - 1) - 1;
};

// So many values stay in a processor's cache from one use to the next.
const CACHED = 1 << 13;

/** Put integers of a dtype as floats up to 1. */
function putScaled(integers: Numbers, target: Float64Array, dtype: DType): void {
  const scale = 1 / largestOf(dtype);
  for (let start = 0; start < target.length; start += CACHED) {
    const end = Math.min(target.length, start + CACHED);
    target.set(integers.subarray(start, end), start);
    for (let i = start; i < end; i++) target[i] *= scale;
  }
  if (!dtype.startsWith("u")) for (let i = 0; i < target.length; i++) if (target[i] < -1) target[i] = -1;
}

/**
 * The values as floats, those of integers from 0 (or -1) to 1 (scikit-image's `img_as_float`); perhaps the image's own
 * memory, so not to be written to.
 *
 * @param preserveRange leave integers as they are
 */
export function floatsOf(image: NdArray, preserveRange: boolean = false): Floats {
  const { data, dtype } = image;
  if (floatType(dtype) === "float32") return data as Float32Array;
  if (dtype === "float64" || dtype === "bool" || preserveRange) return numbersOf(image);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    const numbers = numbersOf(image);
    putScaled(numbers, numbers, dtype);
    return numbers;
  }
  const floats = new Float64Array(data.length);
  putScaled(data, floats, dtype);
  return floats;
}

/** Numbers, and the factor that makes of them those that `floatsOf` gives. */
export interface Scaled {
  readonly values: Floats | Uint8Array | Uint16Array;
  readonly scale: number;
}

/** An image's values as they are, if a factor makes floats of them: whoever scales them anyway needs no array of them. */
export function scaledOf(image: NdArray, preserveRange: boolean = false): Scaled {
  const { data, dtype } = image;
  if (!(data instanceof Uint8Array || data instanceof Uint16Array)) {
    return { values: floatsOf(image, preserveRange), scale: 1 };
  }
  return { values: data, scale: dtype === "bool" || preserveRange ? 1 : 1 / largestOf(dtype) };
}

/** The values as floats, as `floatsOf` gives them, in a new array. */
export function newFloatsOf(image: NdArray, preserveRange: boolean = false): Floats {
  const floats = floatsOf(image, preserveRange);
  return floats.buffer === image.buffer.buffer ? floats.slice() : floats;
}

/** New floats of the same precision. */
export const floatsLike = (data: Floats, length: number = data.length): Floats =>
  data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);

/** An image of floats. */
export const floatImage = (buffer: Floats, { shape, dimensions }: Grid): NdArray<"float32" | "float64"> =>
  buffer instanceof Float32Array
    ? new NdArray({ dtype: "float32", shape, buffer, dimensions })
    : new NdArray({ dtype: "float64", shape, buffer, dimensions });
