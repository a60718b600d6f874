/**
 * Of points in the order of their worth, those that keep a distance from all better ones (scikit-image's
 * `ensure_spacing`).
 *
 * @param points coordinates, one point a row of `ndim`
 * @param spacing points that are nearer are dropped
 * @param pNorm how distances are measured: 2 Euclidean, Infinity the largest difference
 * @param most stop at so many
 * @returns rows of the points that stay
 */
export function spacedPoints(
  points: Int32Array,
  ndim: number,
  spacing: number,
  pNorm: number,
  most: number,
): number[] {
  // Only points in the same or a neighbouring cell can be too near.
  const cells = new Map<string, number[]>();
  const kept: number[] = [];
  const isNear = (a: number, b: number): boolean => {
    let total = 0;
    for (let axis = 0; axis < ndim; axis++) {
      const difference = Math.abs(points[a * ndim + axis] - points[b * ndim + axis]);
      total = pNorm === Number.POSITIVE_INFINITY ? Math.max(total, difference) : total + difference ** pNorm;
    }
    return (pNorm === Number.POSITIVE_INFINITY ? total : total ** (1 / pNorm)) < spacing;
  };
  const around = ([first, ...rest]: readonly number[]): number[][] =>
    first === undefined
      ? [[]]
      : around(rest).flatMap((other) => [-1, 0, 1].map((step) => [first + step, ...other]));
  for (let point = 0; point * ndim < points.length && kept.length < most; point++) {
    const cell = Array.from(points.subarray(point * ndim, (point + 1) * ndim), (at) =>
      Math.floor(at / spacing),
    );
    if (around(cell).some((near) => cells.get(near.join())?.some((other) => isNear(point, other)))) continue;
    kept.push(point);
    const members = cells.get(cell.join());
    if (members) members.push(point);
    else cells.set(cell.join(), [point]);
  }
  return kept;
}
