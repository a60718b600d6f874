import type { Border } from "../border";
import { correlatedInTurn } from "../filter/correlation";
import { gaussianHalf } from "../filter/gaussian";
import { symmetric, type Tap } from "../filter/taps";
import type { Floats, Scaled } from "../image";

// Weights below this share of the largest one are lost in the sum's rounding.
const LEAST = 1e-20;

/** A Gaussian's weights, and those of its slope, which are odd. */
function gaussianTaps(sigma: number, truncate: number): [smooth: readonly Tap[], slope: readonly Tap[]] {
  const whole = gaussianHalf(sigma, truncate);
  const half = whole.filter((weight) => weight > LEAST * whole[0]);
  const slope = Array.from(half, (weight, x) => ((x / sigma ** 2) * weight) / 2)
    .flatMap((weight, x): Tap[] => [
      { first: x, second: x, weight },
      { first: -x, second: -x, weight: -weight },
    ])
    .slice(2);
  return [symmetric(half), slope];
}

/**
 * The second derivatives of a smoothed image: slopes of slopes by a Gaussian (scikit-image's `hessian_matrix` with
 * Gaussian derivatives).
 *
 * @param image its values are not modified
 * @returns new floats, the upper triangle row by row: yy, yx, xx
 */
export function hessianOf(image: Scaled, shape: readonly number[], sigma: number, border: Border): Floats[] {
  // Twice smoothed as much as once by sigma. A small Gaussian is taken to its end.
  const [smooth, slope] = gaussianTaps(sigma / Math.SQRT2, sigma > 1 ? 8 : 100);
  const slopeAlong = (source: Scaled, axis: number): Floats => {
    const kernels = shape.map((_, other) => (other === axis ? slope : smooth));
    return correlatedInTurn(source, shape, kernels, border);
  };
  return shape.flatMap((_, axis) => {
    const values = slopeAlong(image, axis);
    return Array.from(shape.keys())
      .slice(axis)
      .map((other) => slopeAlong({ values, scale: 1 }, other));
  });
}
