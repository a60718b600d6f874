import { NdArray, zeros } from "@bioengine/ndarray";
import { extent } from "../bins";
import { checkImage, type Floats, largestOf } from "../image";
import { mapValues } from "./valuemap";

// Floats as large as it have no fractions: added and taken off, it rounds halves to the even number.
const roundsEven = 2 ** 52;

/** Put floats from -1 to 1 times a number, rounded; what is negative becomes 0. Ends with false at another float. */
function putRounded(floats: Floats, target: Uint8Array | Uint16Array, factor: number): boolean {
  const isSingle = floats instanceof Float32Array;
  for (let i = 0; i < floats.length; i++) {
    const value = floats[i];
    if (!(value >= -1 && value <= 1)) return false;
    const scaled = Math.max(value * factor, 0);
    // A number of 32 bits is cut to fewer sooner than one that may have more.
    target[i] = ((isSingle ? Math.fround(scaled) : scaled) + roundsEven - roundsEven) | 0;
  }
  return true;
}

/** An image from 0 to the largest value of an unsigned dtype; what is negative becomes 0. */
function asUnsigned<D extends "uint8" | "uint16">(image: NdArray, dtype: D): NdArray<D> {
  const action = `convert to ${dtype}`;
  checkImage(image, action, [1, 2, 3, 4]);
  if (image.dtype === dtype) return image.astype(dtype).copy();
  const most = largestOf(dtype);
  const { data, shape, dimensions } = image;
  if (data instanceof Float32Array || data instanceof Float64Array) {
    const { buffer } = zeros(shape, dtype);
    if (putRounded(data, buffer, most)) return new NdArray({ dtype, shape, dimensions, buffer });
    const [low, high] = extent(data);
    throw new RangeError(
      `Cannot ${action}: floats must be from -1 to 1, got ${low} to ${high}; use rescaleIntensity(image, { outRange: "${dtype}" })`,
    );
  }
  if (image.dtype === "bool") return mapValues(image, dtype, (value) => value * most);
  const ratio = (most + 1) / (largestOf(image.dtype) + 1);
  // Bits go or come; all of a byte's values spread over 16 bits.
  const factor = ratio > 1 && image.dtype.startsWith("u") ? most / largestOf(image.dtype) : ratio;
  return mapValues(image, dtype, (value) => (value > 0 ? Math.floor(value * factor) : 0));
}

/**
 * An image as bytes (scikit-image's `img_as_ubyte`): floats and integers are scaled to 0 .. 255.
 *
 * @param image any axes, e.g. `[y, x]`, and dtype, floats from -1 to 1; not modified
 * @returns uint8; what is negative becomes 0
 * @throws {TypeError} if it is no NdArray
 * @throws {RangeError} if floats are out of range
 * @example
 * imwrite("clean.png", imgAsUbyte(gaussian(image)));
 */
export const imgAsUbyte = (image: NdArray): NdArray<"uint8"> => asUnsigned(image, "uint8");

/**
 * An image as integers of 16 bits (scikit-image's `img_as_uint`): floats and integers are scaled to 0 .. 65535.
 *
 * @param image any axes, e.g. `[y, x]`, and dtype, floats from -1 to 1; not modified
 * @returns uint16; what is negative becomes 0
 * @throws {TypeError} if it is no NdArray
 * @throws {RangeError} if floats are out of range
 * @example
 * imwrite("clean.tif", imgAsUint(gaussian(image)));
 */
export const imgAsUint = (image: NdArray): NdArray<"uint16"> => asUnsigned(image, "uint16");
