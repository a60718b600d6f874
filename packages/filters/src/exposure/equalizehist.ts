import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { binsOf } from "../bins";
import { checkImage, floatImage, floatsLike, floatType, numbersOf } from "../image";
import { checkNumber } from "../option";

/** How `equalizeHist` counts. */
export interface EqualizeHistOptions {
  /** Number of bins for floats; integers have one each. Default 256. */
  nbins?: number;
}

const door = {
  name: "equalizeHist",
  action: "equalize the histogram",
  options: ["nbins"],
  aliases: { bins: "nbins" },
};

/**
 * Spread an image's values so that all are about as frequent: each becomes the share of pixels up to it
 * (scikit-image's `equalize_hist`).
 *
 * @param image any axes and dtype, e.g. `[y, x]`; not modified
 * @returns float64, or float32 for float32 images, up to 1
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if a value is not finite
 * @example
 * const even = equalizeHist(image);
 */
export function equalizeHist(
  image: NdArray,
  options: EqualizeHistOptions = {},
): NdArray<"float32" | "float64"> {
  const { action } = door;
  checkImage(image, action, [1, 2, 3, 4]);
  checkOptions(door, options);
  const { nbins = 256 } = options;
  checkNumber(action, "nbins", nbins, "a whole number above 0", Number.isInteger(nbins) && nbins > 0);
  const { counts, centers } = binsOf(image, nbins, action);
  const round = floatType(image.dtype) === "float32" ? Math.fround : Number;
  let sum = 0;
  const shares = counts.map((count) => {
    sum += count;
    return round(sum / image.size);
  });
  const data = numbersOf(image);
  const last = centers.length - 1;
  const step = (centers[last] - centers[0]) / last;
  const result = floatsLike(round === Math.fround ? new Float32Array(0) : data, data.length);
  for (let i = 0; i < result.length; i++) {
    const value = data[i];
    if (value <= centers[0] || last === 0) result[i] = shares[0];
    else if (value >= centers[last]) result[i] = shares[last];
    else {
      let bin = Math.min(last - 1, Math.floor((value - centers[0]) / step));
      if (value < centers[bin]) bin--;
      else if (value >= centers[bin + 1]) bin++;
      const slope = (shares[bin + 1] - shares[bin]) / (centers[bin + 1] - centers[bin]);
      result[i] = shares[bin] + slope * (value - centers[bin]);
    }
  }
  return floatImage(result, image);
}
