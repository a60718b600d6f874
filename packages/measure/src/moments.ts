import type { Region } from "./region";

/** Raw, central or normalised moments up to order 3 along both axes: element [4 * p + q]. */
export type Moments = Float64Array;

const ORDER = 4;

/** One weight for each pixel of the image. */
export type Weights = (pixel: number) => number;

/** Σ w · (y - centreY)^p · (x - centreX)^q, with positions scaled and from the box's corner. */
function moments(
  region: Region,
  [centreY, centreX]: readonly number[],
  weights: Weights | undefined,
): Moments {
  const { width } = region.measured.labels;
  const [sy, sx] = region.measured.spacing;
  const [top, left] = region.start;
  const sums = new Float64Array(ORDER * ORDER);
  for (const pixel of region.pixels) {
    const row = Math.floor(pixel / width);
    const [y, x] = [(row - top) * sy - centreY, (pixel - row * width - left) * sx - centreX];
    let power = weights ? weights(pixel) : 1;
    for (let p = 0; p < ORDER; p++, power *= y) {
      sums[p * ORDER] += power;
      sums[p * ORDER + 1] += power * x;
      sums[p * ORDER + 2] += power * x * x;
      sums[p * ORDER + 3] += power * x * x * x;
    }
  }
  return sums;
}

/** Raw moments of a 2-D region about its box's corner; without weights every pixel counts 1. */
export const rawMoments = (region: Region, weights?: Weights): Moments => moments(region, [0, 0], weights);

/** Moments about the centre of mass, from the pixels (subtracting raw moments would cancel digits). */
export const centralMoments = (region: Region, raw: Moments, weights?: Weights): Moments =>
  moments(region, [raw[ORDER] / raw[0], raw[1] / raw[0]], weights);

/** Scale-invariant moments; NaN below order 2, as scikit-image gives them. */
export function normalizedMoments(central: Moments, spacing: readonly number[]): Moments {
  const scale = Math.min(...spacing);
  return central.map((value, index) => {
    const order = Math.floor(index / ORDER) + (index % ORDER);
    return order < 2 ? Number.NaN : value / scale ** order / central[0] ** (order / 2 + 1);
  });
}

/** Hu's seven invariants to shift, scale and rotation (Hu 1962). */
export function huMoments(nu: Moments): number[] {
  const at = (p: number, q: number) => nu[p * ORDER + q];
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
