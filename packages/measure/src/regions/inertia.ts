import type { Moments } from "./moments";

/** A symmetric matrix, by rows. */
export type Symmetric = readonly (readonly number[])[];

/** The inertia tensor of central moments; scikit-image's element 0-0 of a 2-D region is the variance along x. */
export function inertiaTensor(central: Moments, ndim: 2 | 3): Symmetric {
  const second = (at: number) => central[at] / central[0];
  if (ndim === 2) {
    const xy = -second(5);
    return [
      [second(2), xy],
      [xy, second(8)],
    ];
  }
  const [zz, yy, xx] = [second(32), second(8), second(2)];
  const [zy, zx, yx] = [-second(20), -second(17), -second(5)];
  return [
    [yy + xx, zy, zx],
    [zy, zz + xx, yx],
    [zx, yx, zz + yy],
  ];
}

/** Eigenvalues of a symmetric 2 × 2 or 3 × 3 matrix, descending, none below 0. */
export function eigenvalues(matrix: Symmetric): readonly number[] {
  if (matrix.length === 3) return jacobi(matrix);
  const [[a, b], [, c]] = matrix;
  const larger = (a + c) / 2 + Math.sqrt(((a - c) / 2) ** 2 + b * b);
  // From the determinant, because a difference would cancel for thin regions.
  const smaller = larger > 0 ? (a * c - b * b) / larger : 0;
  // Of equal ones rounding may make the smaller one the larger.
  return [larger, Math.min(larger, Math.max(0, smaller))];
}

/** Eigenvalues by Jacobi's rotations, which keep the relative precision of small ones. */
function jacobi(matrix: Symmetric): number[] {
  const a = matrix.map((row) => [...row]);
  const trace = a[0][0] + a[1][1] + a[2][2];
  for (let sweep = 0; sweep < 50; sweep++) {
    if (Math.abs(a[0][1]) + Math.abs(a[0][2]) + Math.abs(a[1][2]) <= 1e-18 * trace) break;
    for (const [p, q, k] of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 2, 0],
    ]) {
      if (a[p][q] === 0) continue;
      const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
      const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
      const cosine = 1 / Math.sqrt(tangent * tangent + 1);
      const sine = tangent * cosine;
      a[p][p] -= tangent * a[p][q];
      a[q][q] += tangent * a[p][q];
      a[p][q] = a[q][p] = 0;
      const [kp, kq] = [a[k][p], a[k][q]];
      a[k][p] = a[p][k] = cosine * kp - sine * kq;
      a[k][q] = a[q][k] = sine * kp + cosine * kq;
    }
  }
  return [a[0][0], a[1][1], a[2][2]].map((value) => Math.max(0, value)).sort((x, y) => y - x);
}

/** Length of the longest axis of the ellipse or ellipsoid with the same second moments. */
export const majorAxis = ([a, b, c]: readonly number[]): number =>
  c === undefined ? 4 * Math.sqrt(a) : Math.sqrt(Math.max(0, 10 * (a + b - c)));

/** Length of its shortest axis. */
export const minorAxis = ([a, b, c]: readonly number[]): number =>
  c === undefined ? 4 * Math.sqrt(b) : Math.sqrt(Math.max(0, 10 * (b + c - a)));

/** Eccentricity of that ellipse: 0 for a circle, up to 1 for a line. */
export const eccentricity = ([larger, smaller]: readonly number[]): number =>
  larger === 0 ? 0 : Math.sqrt(1 - smaller / larger);

/** Angle between the row axis and the longest axis, -π/2 to π/2. */
export function orientation([[a, b], [, c]]: Symmetric): number {
  if (a - c === 0) return b < 0 ? Math.PI / 4 : -Math.PI / 4;
  return Math.atan2(-2 * b, c - a) / 2;
}
