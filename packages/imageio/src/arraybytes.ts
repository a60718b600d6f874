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

/** A number that is a binary16, as its bits. */
function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (magnitude === Number.POSITIVE_INFINITY) return sign | 0x7c00;
  if (magnitude < 2 ** -14) return sign | (magnitude * 2 ** 24);
  let exponent = Math.floor(Math.log2(magnitude));
  // log2 rounds, so that it can be one off beside a power of two.
  if (2 ** exponent > magnitude) exponent--;
  return sign | ((exponent + 15) << 10) | (magnitude * 2 ** (10 - exponent) - 1024);
}

/** The elements of an array in C order as numpy stores them, little-endian; shared if they are stored so already. */
export function bytesOf(array: NdArray): Uint8Array {
  const { data, dtype } = array;
  if (dtype !== "float16") return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return new Uint8Array(Uint16Array.from(data as Float32Array, halfBits).buffer);
}

/** A copy with the bytes of each value turned around. */
export function swapped(bytes: Uint8Array, size: number): Uint8Array {
  const copy = new Uint8Array(bytes.length);
  for (let start = 0; start < bytes.length; start += size) {
    for (let at = 0; at < size; at++) copy[start + at] = bytes[start + size - 1 - at];
  }
  return copy;
}

/** Put the elements of stored bytes into an array that has place for just as many. */
export function fill(target: TypedArray, stored: Uint8Array, { dtype, isBigEndian }: ByteFormat): void {
  const bytes = isBigEndian ? swapped(stored, itemSize(dtype)) : stored;
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
export function typedArrayOf(bytes: Uint8Array, format: ByteFormat): TypedArray {
  const { dtype } = format;
  const target: TypedArray = zeros([bytes.length / itemSize(dtype)], dtype).buffer;
  fill(target, bytes, format);
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
