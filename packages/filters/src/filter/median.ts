import { checkOptions, type DType, type NdArray } from "@bioengine/ndarray";
import { type BorderMode, checkMode } from "../border";
import { checkFootprint, connectivityFootprint, windowOf } from "../footprint";
import { checkSpatialImage, imageOf, numbersOf } from "../image";
import { middleRank, rankFilter } from "./rankfilter";

/** How `median` treats the edge. */
export interface MedianOptions {
  /** What is beyond the edge. Default `"nearest"`. */
  mode?: BorderMode;
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
}

const door = {
  name: "median",
  action: "take the median",
  options: ["mode", "cval"],
  aliases: { selem: "footprint" },
};

/**
 * Replace each pixel by the median of its neighbourhood (scikit-image's `median`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @param footprint such as `disk(3)`; default: 3 pixels a side
 * @returns the image's dtype
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if the footprint has other axes, or there is no such mode
 * @example
 * const clean = median(image, disk(2));
 */
export function median<D extends DType>(
  image: NdArray<D>,
  footprint?: NdArray,
  options: MedianOptions = {},
): NdArray<D> {
  if (Array.isArray(image) || ArrayBuffer.isView(image)) {
    throw new TypeError(
      "Cannot take the median: an image is needed, got a list of numbers; use ndarray(values).percentile(50)",
    );
  }
  const rest = footprint && "footprint";
  checkSpatialImage(image, { ...door, rest }, undefined, footprint?.shape);
  const used = footprint ?? connectivityFootprint(image.ndim, image.ndim);
  checkFootprint(door.action, door.name, image, used);
  checkOptions(door, options);
  const { mode = "nearest", cval = 0 } = options;
  checkMode(door.action, mode);
  const window = windowOf(used);
  const data = rankFilter(numbersOf(image), image.shape, window, middleRank(window), mode, cval);
  return imageOf(data, image, image.dtype, image.role);
}
