import type { DType, NdArray } from "@bioengine/ndarray";
import { imageOf, numbersOf } from "../image";
import { checkNumber } from "../option";
import { rankFilter } from "./rankfilter";
import { checkWindow, type WindowOptions } from "./windowoptions";

/**
 * A percentile of the values under a window at each pixel (SciPy's `percentile_filter`): 20 is a background that dark
 * pixels alone don't make.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @param percentile from 0 to 100; negative ones count from 100
 * @returns the image's dtype; one of the values, not what is between two
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if the percentile or an option is out of range
 * @example
 * const background = percentileFilter(image, 20, { size: 31 });
 */
export function percentileFilter<D extends DType>(
  image: NdArray<D>,
  percentile: number,
  options: WindowOptions = {},
): NdArray<D> {
  const action = "filter";
  const { window, mode, cval } = checkWindow("percentileFilter", action, image, options);
  const isThere = percentile >= -100 && percentile <= 100;
  checkNumber(action, "percentile", percentile, "from 0 to 100", isThere);
  const positive = percentile < 0 ? percentile + 100 : percentile;
  const k = Math.min(window.size - 1, Math.floor((window.size * positive) / 100));
  const data = rankFilter(numbersOf(image), image.shape, window, k, mode, cval);
  return imageOf(data, image, image.dtype, image.role);
}
