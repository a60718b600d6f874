import { conditionData } from "./condition";
import type { DataOf, DType } from "./dtype";
import { NdArray } from "./ndarray";

/**
 * The elements for which a condition holds (NumPy's `extract`, or `array[condition]`).
 *
 * @param condition bool, of the array's shape; not modified
 * @param array any dtype; not modified
 * @returns `[count]`, of the array's dtype, in C order; a copy
 * @throws {TypeError} if the condition is not bool
 * @throws {RangeError} if the shapes differ
 * @example
 * extract(mask.equal(0), image).percentile(50); // median of the background
 */
export function extract<D extends DType>(condition: NdArray, array: NdArray<D>): NdArray<D> {
  const action = "extract elements";
  if (!(array instanceof NdArray)) {
    throw new TypeError(
      `Cannot ${action}: the array must be an NdArray, got ${typeof array}; use extract(mask.greater(0), image)`,
    );
  }
  const chosen = conditionData(action, condition, array.shape);
  const isChosen = (_: number | bigint, index: number): boolean => chosen[index] !== 0;
  // Each kind of typed array has its own `filter`: the union of them has none that can be called.
  const buffer = Reflect.apply(array.data.filter, array.data, [isChosen]) as DataOf<D>;
  return new NdArray({ dtype: array.dtype, shape: [buffer.length], buffer });
}
