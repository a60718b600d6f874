import type { NdArray } from "@bioengine/ndarray";
import { checkImage, checkSameShape, largestOf } from "../image";
import { checkNumber } from "../option";

/**
 * Check two images that are compared at a public door.
 *
 * @throws {TypeError} if one is no NdArray
 * @throws {RangeError} if they differ in shape
 */
export function checkPair(image: NdArray, other: NdArray, action: string): void {
  checkImage(image, action, [1, 2, 3, 4]);
  checkSameShape(image, other, action, "the other image");
}

/** How far values of an integer dtype lie apart at most. */
export const rangeOf = ({ dtype }: NdArray): number => {
  if (dtype === "bool") return 1;
  return dtype.startsWith("u") ? largestOf(dtype) : 2 * largestOf(dtype) + 1;
};

/** Check a range of values that is given. */
export function checkDataRange(action: string, dataRange: number): void {
  checkNumber(action, "dataRange", dataRange, "above 0", dataRange > 0 && Number.isFinite(dataRange));
}
