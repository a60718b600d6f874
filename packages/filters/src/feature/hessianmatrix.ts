import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { type AxisLayout, axisLayout } from "../axislayout";
import { type BorderMode, checkMode } from "../border";
import { smoothed } from "../filter/gaussian";
import { checkSpatialImage, type Floats, floatImage, floatsLike, scaledOf } from "../image";
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

/** Put half the difference of the pixels `step` behind and before each one that has both; four in a turn are faster. */
function putSlopes(target: Floats, data: Floats, step: number): void {
  const end = target.length - step;
  let i = step;
  for (; i + 3 < end; i += 4) {
    target[i] = (data[i + step] - data[i - step]) * 0.5;
    target[i + 1] = (data[i + 1 + step] - data[i + 1 - step]) * 0.5;
    target[i + 2] = (data[i + 2 + step] - data[i + 2 - step]) * 0.5;
    target[i + 3] = (data[i + 3 + step] - data[i + 3 - step]) * 0.5;
  }
  for (; i < end; i++) target[i] = (data[i + step] - data[i - step]) * 0.5;
}

/** Put the differences of the pixels at both ends of an axis and their neighbours. */
function putEnds(target: Floats, data: Floats, { outer, length, inner }: AxisLayout): void {
  const step = length * inner;
  for (let start = 0; start < outer * step; start += step) {
    const behind = start + step - inner;
    for (let i = 0; i < inner; i++) {
      const [first, last] = [start + i, behind + i];
      target[first] = data[first + inner] - data[first];
      target[last] = data[last] - data[last - inner];
    }
  }
}

/**
 * Put half the differences of neighbours along an axis, at its ends the differences (NumPy's `gradient`).
 *
 * @param target not the data
 */
function putGradient(target: Floats, data: Floats, shape: readonly number[], axis: number): Floats {
  const layout = axisLayout(shape, axis);
  putSlopes(target, data, layout.inner);
  putEnds(target, data, layout);
  return target;
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
  checkSpatialImage(image, { ...door, isList: true }, [2, 3]);
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
  const slopes = floatsLike(smooth);
  return shape.flatMap((_, axis) => {
    putGradient(slopes, smooth, shape, axis);
    return shape.slice(axis).map((_, i) => {
      const curvatures = putGradient(floatsLike(smooth), slopes, shape, axis + i);
      return floatImage(curvatures, image);
    });
  });
}
