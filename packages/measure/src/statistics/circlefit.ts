import { type Points, pointsOf } from "./points";

/** A circle through points. */
export interface CircleFit {
  readonly center: readonly [y: number, x: number];
  readonly radius: number;
  /** Root of the mean squared distance of the points from the circle. */
  readonly residual: number;
}

/**
 * Fit a circle by linear least squares (Kåsa 1976, as scikit-image's `CircleModel`).
 *
 * @param points at least 3, `[y, x]`
 * @throws {TypeError} if they are no points
 * @throws {RangeError} if they are fewer, not of two coordinates, or on a line
 * @example
 * circleFit([[0, 1], [1, 0], [0, -1], [-1, 0]]).radius;
 */
export function circleFit(points: Points): CircleFit {
  const action = "fit a circle";
  const list = pointsOf(points, action);
  if (list.length < 3 || list[0].length !== 2) {
    const got = list.length < 3 ? `${list.length} points` : `${list[0].length} coordinates`;
    throw new RangeError(`Cannot ${action}: at least 3 points [y, x] are needed, got ${got}`);
  }
  const [meanY, meanX] = [0, 1].map(
    (axis) => list.reduce((sum, point) => sum + point[axis], 0) / list.length,
  );
  // About the mean, the normal equations have two unknowns.
  let [yy, xx, yx, yr, xr, squares] = [0, 0, 0, 0, 0, 0];
  for (const point of list) {
    const [y, x] = [point[0] - meanY, point[1] - meanX];
    const square = y * y + x * x;
    yy += y * y;
    xx += x * x;
    yx += y * x;
    yr += y * square;
    xr += x * square;
    squares += square;
  }
  const determinant = yy * xx - yx * yx;
  if (determinant <= 1e-12 * squares ** 2) {
    throw new RangeError(`Cannot ${action}: the points must not be on a line, got ${list.length} that are`);
  }
  const [y, x] = [(yr * xx - xr * yx) / determinant / 2, (xr * yy - yr * yx) / determinant / 2];
  const radius = Math.sqrt(y * y + x * x + squares / list.length);
  const off = list.map((point) => Math.hypot(point[0] - meanY - y, point[1] - meanX - x) - radius);
  return {
    center: [meanY + y, meanX + x],
    radius,
    residual: Math.sqrt(off.reduce((sum, distance) => sum + distance ** 2, 0) / off.length),
  };
}
