import { axisLayout } from "../axislayout";

/** How pixels between pixels are made: 0 the nearest one, 1 linear, 3 a cubic spline. */
export type Order = 0 | 1 | 3;

const POLE = Math.sqrt(3) - 2;

/** Turn a line into the coefficients of the cubic spline through it, mirrored at its ends (Unser 1993). */
export function splineLine(line: Float64Array): void {
  const { length } = line;
  if (length < 2) return;
  for (let i = 0; i < length; i++) line[i] *= 6;
  const far = POLE ** (length - 1);
  let power = POLE;
  let first = line[0] + far * line[length - 1];
  for (let i = 1; i < length - 1; i++, power *= POLE) first += power * (line[i] + far * line[length - 1 - i]);
  line[0] = first / (1 - far * far);
  for (let i = 1; i < length; i++) line[i] += POLE * line[i - 1];
  line[length - 1] = ((POLE * line[length - 2] + line[length - 1]) * POLE) / (POLE * POLE - 1);
  for (let i = length - 2; i >= 0; i--) line[i] = POLE * (line[i + 1] - line[i]);
}

/** An index mirrored at the ends without repeating them. */
function mirror(index: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * length - 2;
  const within = ((index % period) + period) % period;
  return within < length ? within : period - within;
}

/** The pixels and weights that a place between pixels is made of. */
export function tapsAt(place: number, length: number, order: Order): [indices: number[], weights: number[]] {
  const inside =
    length === 1 ? 0 : place < 0 ? -place : place > length - 1 ? 2 * (length - 1) - place : place;
  if (order === 0) return [[Math.floor(inside + 0.5)], [1]];
  const start = Math.floor(inside);
  const t = inside - start;
  if (order === 1)
    return [
      [start, mirror(start + 1, length)],
      [1 - t, t],
    ];
  const rest = 1 - t;
  const outer = (rest * rest * rest) / 6;
  const inner = (t * t * (t - 2) * 3 + 4) / 6;
  const next = (rest * rest * (rest - 2) * 3 + 4) / 6;
  return [
    [-1, 0, 1, 2].map((step) => mirror(start + step, length)),
    [outer, inner, next, 1 - outer - inner - next],
  ];
}

/**
 * Resample one axis to another length, pixels being areas (SciPy's `zoom` with `grid_mode` and mode `"mirror"`).
 *
 * @returns new values, in C order of the shape with the new length
 */
export function resampleAxis(
  data: Float64Array,
  shape: readonly number[],
  axis: number,
  length: number,
  order: Order,
): Float64Array {
  const { outer, length: old, inner } = axisLayout(shape, axis);
  const result = new Float64Array(outer * length * inner);
  const taps = Array.from({ length }, (_, i) => tapsAt((i + 0.5) * (old / length) - 0.5, old, order));
  const line = new Float64Array(old);
  for (let block = 0; block < outer; block++) {
    for (let x = 0; x < inner; x++) {
      for (let i = 0; i < old; i++) line[i] = data[(block * old + i) * inner + x];
      if (order === 3) splineLine(line);
      for (let i = 0; i < length; i++) {
        const [indices, weights] = taps[i];
        let sum = 0;
        for (let tap = 0; tap < indices.length; tap++) sum += weights[tap] * line[indices[tap]];
        result[(block * length + i) * inner + x] = sum;
      }
    }
  }
  return result;
}
