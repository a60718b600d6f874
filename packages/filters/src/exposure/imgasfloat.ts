import type { NdArray } from "@bioengine/ndarray";
import { checkImage, floatImage, newFloatsOf } from "../image";

/**
 * An image as floats, integers from 0 (or -1) to 1 (scikit-image's `img_as_float`).
 *
 * @param image any axes, e.g. `[y, x]`, and dtype; not modified
 * @returns float64, or float32 for float32 and float16 images; floats keep their values
 * @throws {TypeError} if it is no NdArray
 * @example
 * const sigma = estimateSigma(imgAsFloat(image));
 */
export function imgAsFloat(image: NdArray): NdArray<"float32" | "float64"> {
  checkImage(image, "convert to floats", [1, 2, 3, 4]);
  return floatImage(newFloatsOf(image), image);
}
