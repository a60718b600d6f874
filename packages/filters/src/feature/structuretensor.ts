import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { type BorderMode, checkMode } from "../border";
import { correlatedInTurn } from "../filter/correlation";
import { smoothed } from "../filter/gaussian";
import { scaled, slope, symmetric } from "../filter/taps";
import { checkSpatialImage, floatImage, scaledOf } from "../image";
import { perAxis } from "../option";

/** How `structureTensor` averages. */
export interface StructureTensorOptions {
  /** Standard deviation of the Gaussian that averages, in pixels, one for all axes or one for each. Default 1. */
  sigma?: number | readonly number[];
  /** What is beyond the edge. Default `"constant"`. */
  mode?: BorderMode;
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
}

const door = { name: "structureTensor", action: "find slopes", options: ["sigma", "mode", "cval"] };

// Sobel's weights.
const difference = scaled(slope, 1);
const weights = symmetric([2, 1]);

/**
 * The products of an image's slopes, averaged (scikit-image's `structure_tensor`): in which direction it is steep around
 * each pixel, and how much more than across it.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype, integers scaled to 0 .. 1; not modified
 * @returns the upper triangle row by row, `[yy, yx, xx]` or `[zz, zy, zx, yy, yx, xx]`, each float64, or float32 for
 *   float32 and float16 images
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const [steep, flat] = structureTensorEigenvalues(structureTensor(image, { sigma: 3 }));
 */
export function structureTensor(
  image: NdArray,
  options: StructureTensorOptions = {},
): NdArray<"float32" | "float64">[] {
  const { action } = door;
  checkSpatialImage(image, { ...door, isList: true }, [2, 3]);
  checkOptions(door, options);
  const { sigma = 1, mode = "constant", cval = 0 } = options;
  checkMode(action, mode);
  const { shape, ndim } = image;
  const deviations = perAxis(action, "sigma", sigma, ndim, "at least 0", (one) => one >= 0);
  const border = { mode, cval };
  const slopes = shape.map((_, axis) => {
    const along = shape.map((_, other) => (other === axis ? difference : undefined));
    const across = shape.map((_, other) => (other === axis ? undefined : weights));
    const values = correlatedInTurn(scaledOf(image), shape, along, border);
    return correlatedInTurn({ values, scale: 1 }, shape, across, border);
  });
  return slopes.flatMap((first, axis) =>
    slopes.slice(axis).map((second) => {
      const values = first.map((value, pixel) => value * second[pixel]);
      return floatImage(smoothed({ values, scale: 1 }, shape, deviations, border), image);
    }),
  );
}
