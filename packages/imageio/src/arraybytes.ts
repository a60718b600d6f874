import { type DType, itemSize, NdArray, type TypedArray, zeros } from "@bioengine/ndarray";

/** How numpy stores the elements of an array. */
export interface ByteFormat {
  readonly dtype: DType;
  readonly isBigEndian: boolean;
  /** Whether the first index runs fastest (Fortran's order) and not the last (C's). */
  readonly isFortran: boolean;
}

// IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction.
function halfFloat(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const magnitude =
    exponent === 0
      ? fraction * 2 ** -24
      : exponent < 31
        ? (1024 + fraction) * 2 ** (exponent - 25)
        : fraction === 0
          ? Number.POSITIVE_INFINITY
          : Number.NaN;
  return bits >> 15 ? -magnitude : magnitude;
}

/** A copy with the bytes of each value turned around. */
export function swapped(bytes: Uint8Array, size: number): Uint8Array {
  const copy = new Uint8Array(bytes.length);
  for (let start = 0; start < bytes.length; start += size) {
    for (let at = 0; at < size; at++) copy[start + at] = bytes[start + size - 1 - at];
  }
  return copy;
}

function fill(target: TypedArray, dtype: DType, bytes: Uint8Array): void {
  if (dtype === "bool") for (let i = 0; i < target.length; i++) target[i] = bytes[i] === 0 ? 0 : 1;
  else if (dtype === "float16")
    for (let i = 0; i < target.length; i++) target[i] = halfFloat(bytes[2 * i] | (bytes[2 * i + 1] << 8));
  else new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(bytes);
}

/**
 * The elements of stored bytes, which are copied.
 *
 * @param bytes as many as some elements have
 */
export function typedArrayOf(bytes: Uint8Array, { dtype, isBigEndian }: ByteFormat): TypedArray {
  const target: TypedArray = zeros([bytes.length / itemSize(dtype)], dtype).buffer;
  fill(target, dtype, isBigEndian ? swapped(bytes, itemSize(dtype)) : bytes);
  return target;
}

/**
 * An array of numpy's bytes, which are copied.
 *
 * @param bytes as many as the shape's elements have
 * @returns in C order, or in Fortran's by its strides
 */
export function arrayOfBytes(bytes: Uint8Array, format: ByteFormat, shape: readonly number[]): NdArray {
  const { dtype, isFortran } = format;
  const lengths = isFortran ? [...shape].reverse() : [...shape];
  const array: NdArray = new NdArray({ dtype, shape: lengths, buffer: typedArrayOf(bytes, format) });
  return isFortran ? array.transpose() : array;
}
