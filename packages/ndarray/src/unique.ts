import type { DataOf, DType } from "./dtype";
import { NdArray } from "./ndarray";

/**
 * The distinct values of an array in ascending order, NaN once and last (NumPy's `unique`).
 *
 * @param array any shape and dtype; not modified
 * @returns `[count]`, of the same dtype
 * @example
 * unique(mask).size - 1; // number of objects, without the background
 */
export function unique<D extends DType>(array: NdArray<D>): NdArray<D> {
  if (!(array instanceof NdArray)) {
    throw new TypeError(`Cannot find the unique values: the array must be an NdArray, got ${typeof array}`);
  }
  const sorted = array.data.slice().sort();
  const isSame = (one: number | bigint, other: number | bigint): boolean =>
    one === other || (Number.isNaN(one) && Number.isNaN(other));
  const isFirst = (value: number | bigint, index: number): boolean =>
    index === 0 || !isSame(value, sorted[index - 1]);
  // Each kind of typed array has its own `filter`: the union of them has none that can be called.
  const buffer = Reflect.apply(sorted.filter, sorted, [isFirst]) as DataOf<D>;
  return new NdArray({ dtype: array.dtype, shape: [buffer.length], buffer });
}
