import type { DType, NdArray } from "@bioengine/ndarray";
import { type Grid, imageOf, numbersOf } from "../image";

/** The values of integers of 8 and 16 bits: the least one, and how many there are. */
function smallRange(data: unknown): [low: number, count: number] | undefined {
  if (data instanceof Uint8Array) return [0, 256];
  if (data instanceof Int8Array) return [-128, 256];
  if (data instanceof Uint16Array) return [0, 65536];
  return data instanceof Int16Array ? [-32768, 65536] : undefined;
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
  const grid: Grid = { shape, dimensions };
  const range = smallRange(data);
  if (range === undefined || data.length < range[1]) {
    const numbers = numbersOf(image);
    const values = new Float64Array(numbers.length);
    for (let i = 0; i < values.length; i++) values[i] = become(numbers[i]);
    return imageOf(values, grid, dtype);
  }
  const [low, count] = range;
  const values = Float64Array.from({ length: count }, (_, index) => become(low + index));
  const table = imageOf(values, { shape: [count], dimensions: undefined }, dtype).buffer;
  const result = imageOf(new Uint8Array(data.length), grid, dtype);
  for (let i = 0; i < data.length; i++) result.buffer[i] = table[Number(data[i]) - low];
  return result;
}
