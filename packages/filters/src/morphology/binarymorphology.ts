import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { checkMode } from "../border";
import { checkFootprint, connectivityFootprint, mirrored, type Window, windowOf } from "../footprint";
import { binaryOf, boolImage, checkSpatialImage } from "../image";
import { maskExtremeFilter } from "./maskextremum";
import type { Extreme } from "./rowextremes";

/** How binary morphology treats the edge. */
export interface BinaryMorphologyOptions {
  /** What is beyond the edge: `"min"`: false, `"max"`: true, `"ignore"` (default): nothing that counts. */
  mode?: "ignore" | "min" | "max";
}

type Step = (data: Uint8Array) => Uint8Array;

/** The erosion and the dilation of a call. */
function stepsOf(
  name: string,
  action: string,
  image: NdArray,
  footprint: NdArray | undefined,
  options: BinaryMorphologyOptions,
): { erode: Step; dilate: Step } {
  const rest = footprint && "footprint";
  checkSpatialImage(image, { name, action, rest }, undefined, footprint?.shape);
  const used = footprint ?? connectivityFootprint(image.ndim, 1);
  checkFootprint(action, name, image, used);
  checkOptions({ name, action, options: ["mode"] }, options);
  const { mode = "ignore" } = options;
  checkMode(action, mode, ["ignore", "min", "max"]);
  const window = windowOf(used);
  const filter = (under: Window, extreme: Extreme, outside: number) => (data: Uint8Array) =>
    maskExtremeFilter(data, image.shape, under, extreme, "constant", outside);
  return {
    erode: filter(window, "min", mode === "min" ? 0 : 1),
    dilate: filter(mirrored(window), "max", mode === "max" ? 1 : 0),
  };
}

const run = (image: NdArray, ...steps: Step[]): NdArray<"bool"> =>
  boolImage(
    steps.reduce((data, step) => step(data), binaryOf(image)),
    image,
  );

/**
 * Erode a mask (scikit-image's `binary_erosion`).
 *
 * @param image `[y, x]` or `[z, y, x]`, what is not 0 is true; not modified
 * @param footprint such as `disk(3)`; default: the pixel and its neighbours over edges
 * @returns bool
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if the footprint has other axes, or there is no such mode
 * @example
 * const core = binaryErosion(mask, disk(2));
 */
export function binaryErosion(
  image: NdArray,
  footprint?: NdArray,
  options: BinaryMorphologyOptions = {},
): NdArray<"bool"> {
  return run(image, stepsOf("binaryErosion", "erode", image, footprint, options).erode);
}

/**
 * Dilate a mask (scikit-image's `binary_dilation`).
 *
 * @param image `[y, x]` or `[z, y, x]`, what is not 0 is true; not modified
 * @param footprint such as `disk(3)`; default: the pixel and its neighbours over edges
 * @returns bool
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if the footprint has other axes, or there is no such mode
 * @example
 * const wide = binaryDilation(mask, disk(2));
 */
export function binaryDilation(
  image: NdArray,
  footprint?: NdArray,
  options: BinaryMorphologyOptions = {},
): NdArray<"bool"> {
  return run(image, stepsOf("binaryDilation", "dilate", image, footprint, options).dilate);
}

/**
 * Erode, then dilate a mask: removes what is smaller than the footprint (scikit-image's `binary_opening`).
 *
 * @param image `[y, x]` or `[z, y, x]`, what is not 0 is true; not modified
 * @param footprint such as `disk(3)`; default: the pixel and its neighbours over edges
 * @returns bool
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if the footprint has other axes, or there is no such mode
 * @example
 * const clean = binaryOpening(mask, disk(2));
 */
export function binaryOpening(
  image: NdArray,
  footprint?: NdArray,
  options: BinaryMorphologyOptions = {},
): NdArray<"bool"> {
  const { erode, dilate } = stepsOf("binaryOpening", "open", image, footprint, options);
  return run(image, erode, dilate);
}

/**
 * Dilate, then erode a mask: fills gaps smaller than the footprint (scikit-image's `binary_closing`).
 *
 * @param image `[y, x]` or `[z, y, x]`, what is not 0 is true; not modified
 * @param footprint such as `disk(3)`; default: the pixel and its neighbours over edges
 * @returns bool
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if the footprint has other axes, or there is no such mode
 * @example
 * const whole = binaryClosing(mask, disk(2));
 */
export function binaryClosing(
  image: NdArray,
  footprint?: NdArray,
  options: BinaryMorphologyOptions = {},
): NdArray<"bool"> {
  const { erode, dilate } = stepsOf("binaryClosing", "close", image, footprint, options);
  return run(image, dilate, erode);
}
