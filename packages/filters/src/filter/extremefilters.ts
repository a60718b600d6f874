import { type DType, NdArray } from "@bioengine/ndarray";
import { imageOf, type Numbers, numbersOf } from "../image";
import { extremeFilter } from "../morphology/extremum";
import type { Extreme } from "../morphology/rowextremes";
import { checkWindow, type WindowOptions } from "./windowoptions";

function filtered<D extends DType>(
  name: string,
  image: NdArray<D>,
  options: WindowOptions,
  extreme: Extreme,
): NdArray<D> {
  const { window, mode, cval } = checkWindow(name, "filter", image, options);
  const { data, shape, dtype, dimensions, role } = image;
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    const numbers = extremeFilter(numbersOf(image), shape, window, extreme, mode, cval);
    return imageOf(numbers, image, dtype, role);
  }
  const buffer = extremeFilter<Numbers>(data, shape, window, extreme, mode, cval);
  return new NdArray({ dtype, shape, dimensions, role, buffer: buffer as typeof data });
}

/**
 * The least value under a window at each pixel (SciPy's `minimum_filter`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns the image's dtype
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const background = minimumFilter(image, { size: 25 });
 */
export const minimumFilter = <D extends DType>(image: NdArray<D>, options: WindowOptions = {}): NdArray<D> =>
  filtered("minimumFilter", image, options, "min");

/**
 * The largest value under a window at each pixel (SciPy's `maximum_filter`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns the image's dtype
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const peaks = image.equal(maximumFilter(image, { size: 5 }));
 */
export const maximumFilter = <D extends DType>(image: NdArray<D>, options: WindowOptions = {}): NdArray<D> =>
  filtered("maximumFilter", image, options, "max");
