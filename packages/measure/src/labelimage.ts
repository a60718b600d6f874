import { labelDtype, type NdArray } from "@bioengine/ndarray";

/** Integers in C order with the shape as [z, y, x]; a 2-D image has one plane. */
export interface LabelImage {
  /** The values' bytes as the machine has them. */
  readonly bytes: Uint8Array;
  /** Bits of one value: 8, 16 or 32. */
  readonly bits: number;
  readonly signed: boolean;
  readonly ndim: 2 | 3;
  readonly depth: number;
  readonly height: number;
  readonly width: number;
}

/** 64-bit integers as their low halves. */
function narrow(data: BigInt64Array | BigUint64Array, action: string): Int32Array {
  const halves = new Int32Array(data.buffer, data.byteOffset, 2 * data.length);
  const low = new Int32Array(data.length);
  for (let i = 0; i < low.length; i++) {
    low[i] = halves[2 * i];
    if (halves[2 * i + 1] !== low[i] >> 31) throw tooLarge(action, data[i]);
  }
  return low;
}

const tooLarge = (action: string, value: bigint | number): RangeError =>
  new RangeError(
    `Cannot ${action}: values must be from -2147483648 to 2147483647, got ${value}; use relabelSequential(mask)`,
  );

/**
 * Check that there are integers or bools in 2 or 3 axes.
 *
 * @param action what the caller does, as in "Cannot <action>"
 * @param fix the conversion of floats that the message shows
 * @throws {TypeError} if it is no NdArray, or of floats
 * @throws {RangeError} if it has not 2 or 3 axes
 */
export function checkIntegers(array: NdArray, action: string, fix: string): void {
  if (typeof array?.dtype !== "string" || !Array.isArray(array.shape)) {
    const kind = Object.prototype.toString.call(array).slice(8, -1);
    throw new TypeError(
      `Cannot ${action}: an NdArray is needed, got ${kind}; use ndarray(data, [height, width])`,
    );
  }
  const { dtype, shape, ndim } = array;
  if (dtype.includes("float")) {
    throw new TypeError(`Cannot ${action}: the values must be integers, got ${dtype}; use ${fix}`);
  }
  if (ndim !== 2 && ndim !== 3) {
    throw new RangeError(
      `Cannot ${action}: the axes must be [y, x] or [z, y, x], got shape [${shape.join(", ")}]`,
    );
  }
}

/**
 * Take an image of integers or bools at the public door.
 *
 * @throws {TypeError} if it is no NdArray, or of floats
 * @throws {RangeError} if it has not 2 or 3 axes, or a value beyond 32 bits
 */
export function integerImage(array: NdArray, action: string, fix: string): LabelImage {
  checkIntegers(array, action, fix);
  const { data, dtype, shape } = array;
  const ndim = shape.length === 2 ? 2 : 3;
  const plain = data instanceof BigInt64Array || data instanceof BigUint64Array ? narrow(data, action) : data;
  const [depth, height, width] = ndim === 2 ? [1, shape[0], shape[1]] : shape;
  const signed = dtype.startsWith("int");
  const bytes = new Uint8Array(plain.buffer, plain.byteOffset, plain.byteLength);
  return { bytes, bits: 8 * plain.BYTES_PER_ELEMENT, signed, ndim, depth, height, width };
}

/**
 * Check a label image at the public door.
 *
 * @throws {TypeError} if the values are no integers
 * @throws {RangeError} if it has not 2 or 3 axes, or a value beyond 32 bits
 */
export function labelImage(labels: NdArray, action: string): LabelImage {
  if (labels?.dtype === "bool") {
    throw new TypeError(`Cannot ${action}: the labels must be integers, got bool; use label(mask)`);
  }
  return integerImage(labels, action, labelsFix(labels));
}

/** What makes labels of floats: whole ones are converted; of an image, what is above a threshold is labelled. */
export function labelsFix(labels: NdArray): string {
  if (!labels?.dtype?.includes("float")) return "label(mask)";
  const isImage = labels.data.some((value: number | bigint) => !Number.isInteger(value));
  return isImage ? "label(image.greater(thresholdOtsu(image)))" : `mask.astype("${labelDtype(labels)}")`;
}

export { tooLarge };
