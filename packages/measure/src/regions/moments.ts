import type { Region } from "./region";
import { REGION_RUN } from "./regionruns";

/**
 * Moments up to order 3 along each axis, in C order: element [4p + q] of a 2-D region, [16p + 4q + r] of a 3-D one.
 */
export type Moments = number[];

/** Number of orders along an axis: 0 to 3. */
export const ORDERS = 4;

const sumOfSquares = (n: number) => (n * (n + 1) * (2 * n + 1)) / 6;
const sumOfCubes = (n: number) => ((n * (n + 1)) / 2) * ((n * (n + 1)) / 2);

const zeros = (length: number): number[] => Array.from({ length }, () => 0.5).fill(0);
const NO_MOMENTS = [zeros(ORDERS ** 2), zeros(ORDERS ** 3)];

/** Zeros, as a copy of an array that holds doubles: a typed array of this size takes far longer to make. */
export const zeroMoments = (ndim: 2 | 3): Moments => NO_MOMENTS[ndim - 2].slice();

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

/** Add the powers of `z` times the moments of a plane. */
export function addPlane(moments: Moments, z: number, plane: ArrayLike<number>): void {
  let power = 1;
  for (let at = 0; at < moments.length; power *= z) {
    for (let index = 0; index < ORDERS ** 2; index++, at++) moments[at] += power * plane[index];
  }
}

/** Σ (z - cz)^p (y - cy)^q (x - cx)^r over the region's pixels, exact for whole centres while below 2^53. */
export function momentsAbout(region: Region, centre: readonly number[]): Moments {
  const { runs, begin, end } = region;
  const { ndim } = region.measured.labels;
  const [cy, cx] = centre.slice(-2);
  const cz = ndim === 3 ? centre[0] : 0;
  const moments = zeroMoments(ndim);
  for (let at = begin; at < end; at += REGION_RUN) {
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
    const period = step;
    step /= ORDERS;
    for (let block = 0; block < moments.length; block += period) {
      for (let at = block; at < block + step; at++) {
        const m0 = moments[at];
        const m1 = moments[at + step];
        const m2 = moments[at + 2 * step];
        moments[at + step] = m1 - d * m0;
        moments[at + 2 * step] = m2 - 2 * d * m1 + d * d * m0;
        moments[at + 3 * step] += -3 * d * m2 + 3 * d * d * m1 - d * d * d * m0;
      }
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
export function rawMoments({ aboutCentre, start, centre, measured }: Region): Moments {
  const toCorner = start.map((value, axis) => value - centre[axis]);
  return scale(shift(aboutCentre.slice(), toCorner), measured.spacing);
}

/**
 * Moments about the centroid, scaled by the spacing. They are summed about the pixel next to it, where they are whole
 * numbers, and moved by less than a pixel: raw moments of large regions would cancel digits.
 */
export function centralMoments({ aboutCentre, mean, centre, measured }: Region): Moments {
  const offset = mean.map((value, axis) => value - centre[axis]);
  return scale(shift(aboutCentre.slice(), offset), measured.spacing);
}

const orderOf = (at: number): number => (at === 0 ? 0 : (at % ORDERS) + orderOf(Math.floor(at / ORDERS)));
/** The sum of a moment's orders along all axes. */
const ORDER = Uint8Array.from({ length: ORDERS ** 3 }, (_, at) => orderOf(at));

/** Scale-invariant moments; NaN below order 2, as scikit-image gives them. */
export function normalizedMoments(central: Moments, spacing: readonly number[]): Moments {
  const ndim = spacing.length;
  const unit = Math.min(...spacing);
  const highest = (ORDERS - 1) * ndim;
  const factors: number[] = [central[0]];
  if (central[0] > 0) {
    // One root in place of a power for each order.
    const step = unit * (ndim === 2 ? Math.sqrt(central[0]) : Math.cbrt(central[0]));
    for (let order = 1; order <= highest; order++) factors.push(factors[order - 1] * step);
  } else {
    for (let order = 1; order <= highest; order++) {
      factors.push(unit ** order * central[0] ** (order / ndim + 1));
    }
  }
  factors[0] = factors[1] = Number.NaN;
  const normalized = central.slice();
  for (let at = 0; at < normalized.length; at++) normalized[at] /= factors[ORDER[at]];
  return normalized;
}

/** Hu's seven invariants to shift, scale and rotation (Hu 1962), of normalised 2-D moments. */
export function huMoments(normalized: Moments): number[] {
  const [m02, m03, m11, m12] = [normalized[2], normalized[3], normalized[5], normalized[6]];
  const [m20, m21, m30] = [normalized[8], normalized[9], normalized[12]];
  const [t0, t1] = [m30 + m12, m21 + m03];
  const [sum, difference] = [m20 + m02, m20 - m02];
  const [a, b] = [m30 - 3 * m12, 3 * m21 - m03];
  const [cubed0, cubed1] = [t0 * (t0 * t0 - 3 * t1 * t1), t1 * (3 * t0 * t0 - t1 * t1)];
  return [
    sum,
    difference * difference + 4 * m11 * m11,
    a * a + b * b,
    t0 * t0 + t1 * t1,
    a * cubed0 + b * cubed1,
    difference * (t0 * t0 - t1 * t1) + 4 * m11 * t0 * t1,
    b * cubed0 - a * cubed1,
  ];
}
