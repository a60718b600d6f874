import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { type Border, type BorderMode, checkMode } from "../border";
import { checkImage, checkSpatialImage, type Floats, floatImage, type Scaled, scaledOf } from "../image";
import { correlatedInTurn } from "./correlation";
import type { Tap } from "./taps";
import { checkSize } from "./windowoptions";

/** How `uniformFilter` averages. */
export interface UniformFilterOptions {
  /** Length of the window's sides in pixels, one for all axes or one for each. Default 3. */
  size?: number | readonly number[];
  /** What is beyond the edge. Default `"reflect"`. */
  mode?: BorderMode;
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
}

const door = { name: "uniformFilter", action: "average", options: ["size", "mode", "cval"] };

/** Equal weights; of an even number the middle is the second of the two. */
function uniformTaps(size: number): readonly Tap[] {
  const half = size >> 1;
  const weight = 1 / size;
  const pairs = Array.from(
    { length: (size - 1) >> 1 },
    (_, i): Tap => ({ first: -i - 1, second: i + 1, weight }),
  );
  const middle: Tap = { first: 0, second: 0, weight: weight / 2 };
  const odd: Tap[] = size % 2 === 0 ? [{ first: -half, second: -half, weight: weight / 2 }] : [];
  return [middle, ...pairs, ...odd];
}

/** The means of boxes around the pixels; new floats. */
export const boxMeans = (
  image: Scaled,
  shape: readonly number[],
  sides: readonly number[],
  border: Border,
): Floats => correlatedInTurn(image, shape, sides.map(uniformTaps), border);

/**
 * The mean of the values under a window at each pixel (SciPy's `uniform_filter`). Of integers too it gives floats, where
 * SciPy cuts them.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns float64, or float32 for float32 and float16 images, in the image's own grey values
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const local = uniformFilter(image, { size: 15 });
 */
export function uniformFilter(
  image: NdArray,
  options: UniformFilterOptions = {},
): NdArray<"float32" | "float64"> {
  const { action } = door;
  if (Array.isArray(options?.size)) checkImage(image, action);
  else checkSpatialImage(image, door);
  checkOptions(door, options);
  const { size = 3, mode = "reflect", cval = 0 } = options;
  checkMode(action, mode);
  const sides = checkSize(action, size, image.ndim);
  return floatImage(boxMeans(scaledOf(image, true), image.shape, sides, { mode, cval }), image);
}
