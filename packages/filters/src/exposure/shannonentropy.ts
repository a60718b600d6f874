import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { checkImage, numbersOf } from "../image";

import { checkNumber } from "../option";
import { rankValues } from "../ranks";

/** In which unit `shannonEntropy` measures. */
export interface ShannonEntropyOptions {
  /** The base of the logarithm. Default 2, for bits. */
  base?: number;
}

const door = { name: "shannonEntropy", action: "measure entropy", options: ["base"] };

/**
 * The entropy of an image's values (scikit-image's `shannon_entropy`): 0 if all are the same, 8 bits if all 256 of a
 * byte are as frequent. What is out of focus or empty has less.
 *
 * @param image any axes, e.g. `[y, x]`, and dtype; not modified
 * @returns bits, or another unit with another base
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if the base isn't above 1
 * @example
 * const bits = shannonEntropy(image);
 */
export function shannonEntropy(image: NdArray, options: ShannonEntropyOptions = {}): number {
  const { action } = door;
  checkImage(image, action, [1, 2, 3, 4]);
  checkOptions(door, options);
  const { base = 2 } = options;
  checkNumber(action, "base", base, "above 1", base > 1);
  const { ranks, values } = rankValues(numbersOf(image));
  const counts = new Float64Array(values.length);
  for (let i = 0; i < ranks.length; i++) counts[ranks[i]]++;
  let entropy = 0;
  for (const count of counts) {
    const share = count / ranks.length;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return entropy === 0 ? 0 : entropy / Math.log(base);
}
