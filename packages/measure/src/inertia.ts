import type { Moments } from "./moments";
import type { Region } from "./region";

/** A symmetric matrix, by rows. */
export type Symmetric = readonly (readonly number[])[];

/** The inertia tensor of a 2-D region; scikit-image's element 0-0 is the variance along x. */
export const inertiaTensor = (central: Moments): Symmetric => {
  const [yy, xy, xx] = [central[8] / central[0], -central[5] / central[0], central[2] / central[0]];
  return [
    [xx, xy],
    [xy, yy],
  ];
};

/** The inertia tensor of a 3-D region. */
export function inertiaTensor3d(region: Region): Symmetric {
  const { height, width } = region.measured.labels;
  const { spacing } = region.measured;
  const count = region.pixels.length;
  const positions = Array.from(region.pixels, (pixel) => {
    const row = Math.floor(pixel / width);
    const z = Math.floor(row / height);
    return [z * spacing[0], (row - z * height) * spacing[1], (pixel - row * width) * spacing[2]];
  });
  const means = [0, 1, 2].map((axis) => positions.reduce((sum, position) => sum + position[axis], 0) / count);
  const second = (i: number, j: number) =>
    positions.reduce((sum, position) => sum + (position[i] - means[i]) * (position[j] - means[j]), 0) / count;
  const own = [0, 1, 2].map((axis) => second(axis, axis));
  const total = own[0] + own[1] + own[2];
  return [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? total - own[i] : -second(i, j))));
}

/** Eigenvalues of a symmetric 2 × 2 or 3 × 3 matrix, descending, none below 0. */
export function eigenvalues(matrix: Symmetric): number[] {
  if (matrix.length === 2) {
    const [[a, b], [, c]] = matrix;
    const [middle, half] = [(a + c) / 2, Math.hypot((a - c) / 2, b)];
    const larger = middle + half;
    // From the determinant, because middle - half cancels for thin regions.
    const smaller = larger > 0 ? (a * c - b * b) / larger : 0;
    return [larger, smaller].map((value) => Math.max(0, value));
  }
  return jacobi(matrix)
    .sort((a, b) => b - a)
    .map((value) => Math.max(0, value));
}

/** Diagonal after Jacobi's rotations. */
function jacobi(matrix: Symmetric): number[] {
  const a = matrix.map((row) => [...row]);
  for (let sweep = 0; sweep < 50; sweep++) {
    if (a[0][1] ** 2 + a[0][2] ** 2 + a[1][2] ** 2 < 1e-300) break;
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ]) {
      if (a[p][q] === 0) continue;
      const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
      const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
      const [cosine, sine] = [1 / Math.hypot(t, 1), t / Math.hypot(t, 1)];
      for (let k = 0; k < 3; k++) {
        const [kp, kq] = [a[k][p], a[k][q]];
        a[k][p] = cosine * kp - sine * kq;
        a[k][q] = sine * kp + cosine * kq;
      }
      for (let k = 0; k < 3; k++) {
        const [pk, qk] = [a[p][k], a[q][k]];
        a[p][k] = cosine * pk - sine * qk;
        a[q][k] = sine * pk + cosine * qk;
      }
    }
  }
  return [a[0][0], a[1][1], a[2][2]];
}

/** Major, middle (3-D) and minor axis of the ellipse or ellipsoid with the same second moments. */
export function axisLengths(eigen: readonly number[]): { major: number; minor: number } {
  if (eigen.length === 2) return { major: 4 * Math.sqrt(eigen[0]), minor: 4 * Math.sqrt(eigen[1]) };
  const [a, b, c] = eigen;
  return { major: Math.sqrt(Math.max(0, 10 * (a + b - c))), minor: Math.sqrt(Math.max(0, 10 * (b + c - a))) };
}

/** Angle between the row axis and the major axis, -π/2 to π/2 (scikit-image's `orientation`). */
export function orientation([[a, b], [, c]]: Symmetric): number {
  if (a - c === 0) return b < 0 ? Math.PI / 4 : -Math.PI / 4;
  return Math.atan2(-2 * b, c - a) / 2;
}
