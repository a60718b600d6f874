import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { type Border, type BorderMode, checkMode } from "../border";
import { checkFootprint, footprintRectangle, type Window, windowOf } from "../footprint";
import { checkImage, checkSpatialImage } from "../image";
import { perAxis } from "../option";

/** The window of a filter, and the edge. */
export interface WindowOptions {
  /** Length of the window's sides in pixels, one for all axes or one for each. Default 3. */
  size?: number | readonly number[];
  /** The window as a footprint such as `disk(3)`, in place of a size. */
  footprint?: NdArray;
  /** What is beyond the edge. Default `"reflect"`. */
  mode?: BorderMode;
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
}

/** Lengths of a window's sides, checked. */
export const checkSize = (action: string, size: number | readonly number[], ndim: number): number[] =>
  perAxis(action, "size", size, ndim, "a whole number above 0", (one) => Number.isInteger(one) && one > 0);

/**
 * Check an image, and the window of a filter on it, at a public door.
 *
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 */
export function checkWindow(
  name: string,
  action: string,
  image: NdArray,
  options: WindowOptions,
): { window: Window } & Border {
  if (Array.isArray(options?.size)) checkImage(image, action);
  else checkSpatialImage(image, { name, action }, undefined, options?.footprint?.shape);
  checkOptions({ name, action, options: ["size", "footprint", "mode", "cval"] }, options);
  const { size = 3, footprint, mode = "reflect", cval = 0 } = options;
  checkMode(action, mode);
  if (footprint !== undefined) {
    checkFootprint(action, name, image, footprint, (made) => `${name}(…, { footprint: ${made} })`);
    return { window: windowOf(footprint), mode, cval };
  }
  const sides = checkSize(action, size, image.ndim);
  // A row is a rectangle of one row.
  const rectangle = footprintRectangle(sides.length === 1 ? [1, ...sides] : sides);
  return { window: windowOf(rectangle), mode, cval };
}
