import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { type Border, type BorderMode, checkMode } from "../border";
import { visitBoxSums } from "../filter/boxsums";
import { smoothed } from "../filter/gaussian";
import { middleRank, rankFilter } from "../filter/rankfilter";
import { footprintRectangle, windowOf } from "../footprint";
import { checkSpatialImage, type Floats, floatImage, floatType, numbersOf, scaledOf } from "../image";
import { perAxis } from "../option";

/** How `thresholdLocal` takes the neighbourhood. */
export interface ThresholdLocalOptions {
  /** Odd side of the neighbourhood in pixels, one for all axes or one for each. Default 3. */
  blockSize?: number | readonly number[];
  /** How the neighbourhood is weighed. Default `"gaussian"`. */
  method?: "gaussian" | "mean" | "median";
  /** Taken off the threshold. Default 0. */
  offset?: number;
  /** What is beyond the edge. Default `"reflect"`. */
  mode?: BorderMode;
  /** Standard deviation of the Gaussian. Default (blockSize - 1) / 6. */
  param?: number;
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
}

const door = {
  name: "thresholdLocal",
  action: "find local thresholds",
  options: ["blockSize", "method", "offset", "mode", "param", "cval"],
  aliases: { sigma: "param", size: "blockSize" },
};

function setScaled(target: Floats, at: number, values: Float64Array, scale: number): void {
  for (let i = 0; i < values.length; i++) target[at + i] = values[i] * scale;
}

/** Means of boxes. */
function averages(image: NdArray, sides: readonly number[], border: Border): Floats {
  const { values } = scaledOf(image, true);
  const result = values instanceof Float32Array ? new Float32Array(image.size) : new Float64Array(image.size);
  const share = 1 / sides.reduce((product, side) => product * side, 1);
  visitBoxSums([{ values, squared: false }], image.shape, sides, border, (at, [sums]) => {
    setScaled(result, at, sums, share);
  });
  return result;
}

/**
 * A threshold for each pixel from its neighbourhood, for uneven light (scikit-image's `threshold_local`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns thresholds in the image's unit, float64, or float32 for float32 images
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if a side is even, or there is no such method or mode
 * @example
 * const mask = image.greater(thresholdLocal(image, { blockSize: 35, offset: 10 }));
 */
export function thresholdLocal(
  image: NdArray,
  options: ThresholdLocalOptions = {},
): NdArray<"float32" | "float64"> {
  const { action } = door;
  checkSpatialImage(image, door);
  checkOptions(door, options);
  const { blockSize = 3, method = "gaussian", offset = 0, mode = "reflect", param, cval = 0 } = options;
  const { shape, ndim } = image;
  const isOdd = (one: number) => Number.isInteger(one) && one > 0 && one % 2 === 1;
  const sides = perAxis(action, "blockSize", blockSize, ndim, "odd", isOdd);
  checkMode(action, mode);
  let found: Floats;
  if (method === "gaussian") {
    const sigma = sides.map((side) => param ?? (side - 1) / 6);
    found = smoothed(scaledOf(image, true), shape, sigma, { mode, cval });
  } else if (method === "mean") found = averages(image, sides, { mode, cval });
  else if (method === "median") {
    const window = windowOf(footprintOf(sides));
    const filtered = rankFilter(numbersOf(image), shape, window, middleRank(window), mode, cval);
    found = floatType(image.dtype) === "float32" ? Float32Array.from(filtered) : filtered;
  } else {
    throw new RangeError(`Cannot ${action}: method must be gaussian, mean or median, got ${String(method)}`);
  }
  if (offset !== 0) for (let i = 0; i < found.length; i++) found[i] -= offset;
  return floatImage(found, image);
}

const footprintOf = (sides: readonly number[]): NdArray =>
  sides.length === 1 ? footprintRectangle([1, ...sides]).at(0) : footprintRectangle(sides);
