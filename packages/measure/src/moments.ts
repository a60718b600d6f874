import type { Region } from "./region";
import { REGION_RUN } from "./runs";

/**
 * Moments up to order 3 along each axis, in C order: element [4p + q] of a 2-D region, [16p + 4q + r] of a 3-D one.
 */
export type Moments = Float64Array;

/** Number of orders along an axis: 0 to 3. */
export const ORDERS = 4;

const sumOfSquares = (n: number) => (n * (n + 1) * (2 * n + 1)) / 6;
const sumOfCubes = (n: number) => ((n * (n + 1)) / 2) ** 2;

/** Add the powers of `y` (and `z`) times the sums over a row, Σ w · x^k. */
export function addRow(
  moments: Moments,
  z: number,
  y: number,
  s0: number,
  s1: number,
  s2: number,
  s3: number,
): void {
  let powerZ = 1;
  for (let at = 0; at < moments.length; powerZ *= z) {
    let power = powerZ;
    for (let q = 0; q < ORDERS; q++, power *= y, at += ORDERS) {
      moments[at] += power * s0;
      moments[at + 1] += power * s1;
      moments[at + 2] += power * s2;
      moments[at + 3] += power * s3;
    }
  }
}

/** Σ (z - cz)^p (y - cy)^q (x - cx)^r over the region's pixels, exact for whole centres while below 2^53. */
export function momentsAbout(region: Region, centre: readonly number[]): Moments {
  const { runs } = region;
  const { ndim } = region.measured.labels;
  const [cy, cx] = centre.slice(-2);
  const cz = ndim === 3 ? centre[0] : 0;
  const moments = new Float64Array(ORDERS ** ndim);
  for (let at = 0; at < runs.length; at += REGION_RUN) {
    const first = runs[at + 2] - cx;
    const final = runs[at + 3] - 1 - cx;
    const length = final - first + 1;
    addRow(
      moments,
      runs[at] - cz,
      runs[at + 1] - cy,
      length,
      ((first + final) * length) / 2,
      sumOfSquares(final) - sumOfSquares(first - 1),
      sumOfCubes(final) - sumOfCubes(first - 1),
    );
  }
  return moments;
}

/** Move the origin of moments by `offset`, in place, axis by axis with the binomial theorem. */
export function shift(moments: Moments, offset: readonly number[]): Moments {
  let step = moments.length;
  for (const d of offset) {
    step /= ORDERS;
    for (let at = 0; at < moments.length; at++) {
      if (Math.floor(at / step) % ORDERS !== 0) continue;
      const m0 = moments[at];
      const m1 = moments[at + step];
      const m2 = moments[at + 2 * step];
      moments[at + step] = m1 - d * m0;
      moments[at + 2 * step] = m2 - 2 * d * m1 + d * d * m0;
      moments[at + 3 * step] += -3 * d * m2 + 3 * d * d * m1 - d ** 3 * m0;
    }
  }
  return moments;
}

/** Multiply each moment by the powers of the pixel sizes, in place. */
export function scale(moments: Moments, spacing: readonly number[]): Moments {
  if (spacing.every((length) => length === 1)) return moments;
  let step = moments.length;
  for (const length of spacing) {
    step /= ORDERS;
    for (let at = 0; at < moments.length; at++) moments[at] *= length ** (Math.floor(at / step) % ORDERS);
  }
  return moments;
}

/** Raw moments, from the corner of the bounding box, scaled by the spacing. */
export const rawMoments = (region: Region): Moments =>
  scale(momentsAbout(region, region.start), region.measured.spacing);

/**
 * Moments about the centroid, scaled by the spacing. They are summed about the pixel next to it, where they are whole
 * numbers, and moved by less than a pixel: raw moments of large regions would cancel digits.
 */
export function centralMoments(region: Region): Moments {
  const centre = region.mean.map(Math.round);
  const offset = region.mean.map((mean, axis) => mean - centre[axis]);
  return scale(shift(momentsAbout(region, centre), offset), region.measured.spacing);
}

/** Scale-invariant moments; NaN below order 2, as scikit-image gives them. */
export function normalizedMoments(central: Moments, spacing: readonly number[]): Moments {
  const ndim = spacing.length;
  const unit = Math.min(...spacing);
  return central.map((value, at) => {
    let order = 0;
    for (let rest = at; rest > 0; rest = Math.floor(rest / ORDERS)) order += rest % ORDERS;
    return order < 2 ? Number.NaN : value / unit ** order / central[0] ** (order / ndim + 1);
  });
}

/** Hu's seven invariants to shift, scale and rotation (Hu 1962), of normalised 2-D moments. */
export function huMoments(normalized: Moments): number[] {
  const at = (p: number, q: number) => normalized[p * ORDERS + q];
  const [t0, t1] = [at(3, 0) + at(1, 2), at(2, 1) + at(0, 3)];
  const [sum, difference] = [at(2, 0) + at(0, 2), at(2, 0) - at(0, 2)];
  const [a, b] = [at(3, 0) - 3 * at(1, 2), 3 * at(2, 1) - at(0, 3)];
  const [cubed0, cubed1] = [t0 * (t0 * t0 - 3 * t1 * t1), t1 * (3 * t0 * t0 - t1 * t1)];
  return [
    sum,
    difference ** 2 + 4 * at(1, 1) ** 2,
    a * a + b * b,
    t0 * t0 + t1 * t1,
    a * cubed0 + b * cubed1,
    difference * (t0 * t0 - t1 * t1) + 4 * at(1, 1) * t0 * t1,
    b * cubed0 - a * cubed1,
  ];
}
