import { correlationOf } from "./correlation";
import { comoment, mean, pairsOf, type Sample } from "./sample";

/** A straight line through points, y = slope · x + intercept. */
export interface LinearFit {
  readonly slope: number;
  readonly intercept: number;
  /** Share of the variance of y that the line explains. */
  readonly rSquared: number;
  /** Two-sided, of a slope of 0. */
  readonly pValue: number;
  /** Standard errors. */
  readonly slopeError: number;
  readonly interceptError: number;
}

/**
 * Fit a straight line by least squares (`scipy.stats.linregress`).
 *
 * @param x numbers, such as a column of a table; pairs with a missing value are left out
 * @param y as many
 * @throws {TypeError} if the values are no numbers
 * @throws {RangeError} if there are fewer than 3 pairs, the lists differ in length, or all x are equal
 * @example
 * linearFit(table.column("area"), table.column("perimeter")).slope;
 */
export function linearFit(x: Sample, y: Sample): LinearFit {
  const [a, b] = pairsOf(x, y, 3, "fit a line");
  const spread = comoment(a, a);
  if (spread === 0) {
    throw new RangeError(`Cannot fit a line: x must have different values, got ${a[0]} only`);
  }
  const slope = comoment(a, b) / spread;
  const { statistic: correlation, pValue, count } = correlationOf(a, b);
  const unexplained = (1 - correlation) * (1 + correlation) * comoment(b, b);
  const slopeError = Math.sqrt(unexplained / (count - 2) / spread);
  return {
    slope,
    intercept: mean(b) - slope * mean(a),
    rSquared: correlation ** 2,
    pValue,
    slopeError,
    interceptError: slopeError * Math.sqrt(spread / count + mean(a) ** 2),
  };
}
