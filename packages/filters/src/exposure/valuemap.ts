import { type DataOf, type DType, NdArray, zeros } from "@bioengine/ndarray";
import { imageOf, numbersOf } from "../image";

/** The bits of integers of 8 and 16 bits, which count a table's elements. */
function bitsOf({ buffer, byteOffset, length, BYTES_PER_ELEMENT: bytes }: DataOf<DType>) {
  return bytes === 1
    ? new Uint8Array(buffer, byteOffset, length)
    : new Uint16Array(buffer, byteOffset, length);
}

/** Put the elements of a table that are at the indices, four in a turn, as a turn costs more than they do. */
function lookUp<D extends DType>(
  table: DataOf<D>,
  indices: Uint8Array | Uint16Array,
  target: DataOf<D>,
): void {
  const whole = indices.length - (indices.length % 4);
  for (let i = 0; i < whole; i += 4) {
    target[i] = table[indices[i]];
    target[i + 1] = table[indices[i + 1]];
    target[i + 2] = table[indices[i + 2]];
    target[i + 3] = table[indices[i + 3]];
  }
  for (let i = whole; i < indices.length; i++) target[i] = table[indices[i]];
}

/**
 * A function of each value, as an image of a dtype. Of integers of 8 and 16 bits it is called once for each value that
 * the dtype has, if that is less often.
 */
export function mapValues<D extends DType>(
  image: NdArray,
  dtype: D,
  become: (value: number) => number,
): NdArray<D> {
  const { data, shape, dimensions } = image;
  const count = 256 ** data.BYTES_PER_ELEMENT;
  if (data.BYTES_PER_ELEMENT > 2 || data.length < count) {
    const numbers = numbersOf(image);
    const values = new Float64Array(numbers.length);
    for (let i = 0; i < values.length; i++) values[i] = become(numbers[i]);
    return imageOf(values, image, dtype);
  }
  const isSigned = data instanceof Int8Array || data instanceof Int16Array;
  // The negative ones have the bits of the larger half.
  const valueFor = (bits: number): number => (isSigned && bits >= count / 2 ? bits - count : bits);
  const values = Float64Array.from({ length: count }, (_, bits) => become(valueFor(bits)));
  const { buffer } = zeros(shape, dtype);
  lookUp(imageOf(values, { shape: [count], dimensions: undefined }, dtype).buffer, bitsOf(data), buffer);
  return new NdArray({ dtype, shape, dimensions, buffer });
}
