import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { axisLayout } from "../axislayout";
import { type BorderMode, checkMode } from "../border";
import { smoothed } from "../filter/gaussian";
import { checkImage, type Floats, floatImage, floatsLike, scaledOf } from "../image";
import { checkNumber } from "../option";
import { hessianOf } from "./hessian";

/** How `hessianMatrix` differentiates. */
export interface HessianMatrixOptions {
  /** Standard deviation of the Gaussian, in pixels. Default 1. */
  sigma?: number;
  /** What is beyond the edge. Default `"constant"`. */
  mode?: BorderMode;
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
  /** Slopes of the Gaussian rather than differences of what it smoothed. Default false. */
  useGaussianDerivatives?: boolean;
}

const door = {
  name: "hessianMatrix",
  action: "find curvatures",
  options: ["sigma", "mode", "cval", "useGaussianDerivatives"],
};

/** Half the differences of neighbours along an axis, at its ends the differences (NumPy's `gradient`). */
function gradient(data: Floats, shape: readonly number[], axis: number): Floats {
  const { outer, length, inner } = axisLayout(shape, axis);
  const result = floatsLike(data);
  for (let block = 0; block < outer; block++) {
    for (let i = 0; i < length; i++) {
      const before = Math.max(i - 1, 0);
      const behind = Math.min(i + 1, length - 1);
      const at = (block * length + i) * inner;
      const from = at + (before - i) * inner;
      const to = at + (behind - i) * inner;
      for (let x = 0; x < inner; x++) result[at + x] = (data[to + x] - data[from + x]) / (behind - before);
    }
  }
  return result;
}

/**
 * The second derivatives of a smoothed image (scikit-image's `hessian_matrix`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype, integers scaled to 0 .. 1; not modified
 * @returns the upper triangle row by row, `[yy, yx, xx]` or `[zz, zy, zx, yy, yx, xx]`, each float64, or float32 for
 *   float32 and float16 images
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range, or an axis has one pixel
 * @example
 * const curvatures = hessianMatrixEigvals(hessianMatrix(image, { sigma: 2, useGaussianDerivatives: true }));
 */
export function hessianMatrix(
  image: NdArray,
  options: HessianMatrixOptions = {},
): NdArray<"float32" | "float64">[] {
  const { action } = door;
  checkImage(image, action, [2, 3]);
  checkOptions(door, options);
  const { sigma = 1, mode = "constant", cval = 0, useGaussianDerivatives = false } = options;
  checkNumber(action, "sigma", sigma, "above 0", sigma > 0);
  checkMode(action, mode);
  const { shape } = image;
  const source = scaledOf(image);
  if (useGaussianDerivatives) {
    return hessianOf(source, shape, sigma, { mode, cval }).map((one) => floatImage(one, image));
  }
  if (shape.some((length) => length < 2)) {
    throw new RangeError(
      `Cannot ${action}: each axis must have 2 pixels at least, got shape [${shape.join(", ")}]; use hessianMatrix(image, { useGaussianDerivatives: true })`,
    );
  }
  const deviations = shape.map(() => sigma);
  const smooth = smoothed(source, shape, deviations, { mode, cval });
  return shape.flatMap((_, axis) => {
    const slopes = gradient(smooth, shape, axis);
    return shape.slice(axis).map((_, i) => floatImage(gradient(slopes, shape, axis + i), image));
  });
}
