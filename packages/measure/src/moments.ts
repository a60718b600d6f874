import type { Region } from "./region";

/** Raw, central or normalised moments up to order 3 along both axes: element [4 * p + q]. */
export type Moments = Float64Array;

const ORDER = 4;

/**
 * Raw moments of a 2-D region, Σ w · (y·sy)^p · (x·sx)^q, with positions from the box's corner.
 *
 * @param weights one for each pixel of the image; left out, every pixel counts 1
 */
export function rawMoments(region: Region, weights?: (pixel: number) => number): Moments {
  const { width } = region.measured.labels;
  const [sy, sx] = region.measured.spacing;
  const [top, left] = region.start;
  const moments = new Float64Array(ORDER * ORDER);
  for (const pixel of region.pixels) {
    const row = Math.floor(pixel / width);
    const [y, x] = [(row - top) * sy, (pixel - row * width - left) * sx];
    let power = weights ? weights(pixel) : 1;
    for (let p = 0; p < ORDER; p++, power *= y) {
      moments[p * ORDER] += power;
      moments[p * ORDER + 1] += power * x;
      moments[p * ORDER + 2] += power * x * x;
      moments[p * ORDER + 3] += power * x * x * x;
    }
  }
  return moments;
}

/** Moments about the centre of mass, from the pixels (subtracting raw moments would cancel digits). */
export function centralMoments(region: Region, raw: Moments, weights?: (pixel: number) => number): Moments {
  const { width } = region.measured.labels;
  const [sy, sx] = region.measured.spacing;
  const [top, left] = region.start;
  const [meanY, meanX] = [raw[ORDER] / raw[0], raw[1] / raw[0]];
  const moments = new Float64Array(ORDER * ORDER);
  for (const pixel of region.pixels) {
    const row = Math.floor(pixel / width);
    const [y, x] = [(row - top) * sy - meanY, (pixel - row * width - left) * sx - meanX];
    let power = weights ? weights(pixel) : 1;
    for (let p = 0; p < ORDER; p++, power *= y) {
      moments[p * ORDER] += power;
      moments[p * ORDER + 1] += power * x;
      moments[p * ORDER + 2] += power * x * x;
      moments[p * ORDER + 3] += power * x * x * x;
    }
  }
  return moments;
}

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
