import { type BorderMode, borderIndices } from "./border";
import type { Floats } from "./image";

/** What is beyond an image's edge. */
export interface Border {
  readonly mode: BorderMode;
  readonly cval: number;
}

/** Where the pixels of an axis lie: `outer` blocks of `length` steps of `inner` pixels. */
export interface AxisLayout {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

/** The layout of an axis of a C-ordered image. */
export function axisLayout(shape: readonly number[], axis: number): AxisLayout {
  const size = (lengths: readonly number[]) => lengths.reduce((product, length) => product * length, 1);
  return { outer: size(shape.slice(0, axis)), length: shape[axis], inner: size(shape.slice(axis + 1)) };
}

/** New floats of the same precision. */
export const floatsLike = (data: Floats, length: number = data.length): Floats =>
  data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);

/** Along the last axis, line by line, so that a line and its borders stay in the cache. */
function correlateLines(
  data: Floats,
  { outer, length }: AxisLayout,
  half: Float64Array,
  sign: 1 | -1,
  { mode, cval }: Border,
): Floats {
  const radius = half.length - 1;
  const result = floatsLike(data);
  const line = new Float64Array(length + 2 * radius);
  const sums = new Float64Array(length);
  const indices = borderIndices(length, radius, radius, mode);
  for (let start = 0; start < outer * length; start += length) {
    for (let i = 0; i < radius; i++) {
      const near = indices[i];
      const far = indices[radius + length + i];
      line[i] = near < 0 ? cval : data[start + near];
      line[radius + length + i] = far < 0 ? cval : data[start + far];
    }
    for (let i = 0; i < length; i++) line[radius + i] = data[start + i];
    for (let i = 0; i < length; i++) sums[i] = half[0] * line[radius + i];
    for (let k = 1; k <= radius; k++) addPair(sums, line, radius - k, line, radius + k, half[k], sign);
    for (let i = 0; i < length; i++) result[start + i] = sums[i];
  }
  return result;
}

/** sums += weight · (right ± left), from a place in each on. */
function addPair(
  sums: Float64Array,
  left: Float64Array,
  leftAt: number,
  right: Float64Array,
  rightAt: number,
  weight: number,
  sign: 1 | -1,
): void {
  const { length } = sums;
  if (sign === 1) {
    for (let x = 0; x < length; x++) sums[x] += weight * (right[rightAt + x] + left[leftAt + x]);
  } else {
    for (let x = 0; x < length; x++) sums[x] += weight * (right[rightAt + x] - left[leftAt + x]);
  }
}

/** Along another axis, a whole row at a time: those that are in reach are kept as float64. */
function correlateRows(
  data: Floats,
  { outer, length, inner }: AxisLayout,
  half: Float64Array,
  sign: 1 | -1,
  { mode, cval }: Border,
): Floats {
  const radius = half.length - 1;
  const result = floatsLike(data);
  const sums = new Float64Array(inner);
  const indices = borderIndices(length, radius, radius, mode);
  const reach = 2 * radius + 1;
  const rows = Array.from({ length: reach }, () => new Float64Array(inner));
  for (let block = 0; block < outer; block++) {
    const start = block * length * inner;
    const load = (i: number) => {
      const row = rows[i % reach];
      const from = indices[i];
      if (from < 0) row.fill(cval);
      else row.set(data.subarray(start + from * inner, start + (from + 1) * inner));
    };
    for (let i = 0; i < reach - 1; i++) load(i);
    for (let i = 0; i < length; i++) {
      load(i + reach - 1);
      const middle = rows[(i + radius) % reach];
      for (let x = 0; x < inner; x++) sums[x] = half[0] * middle[x];
      for (let k = 1; k <= radius; k++) {
        const left = rows[(i + radius - k) % reach];
        addPair(sums, left, 0, rows[(i + radius + k) % reach], 0, half[k], sign);
      }
      result.set(sums, start + i * inner);
    }
  }
  return result;
}

/**
 * Correlate along one axis with weights that are symmetric about their middle, or antisymmetric (SciPy's
 * `correlate1d`); sums in float64.
 *
 * @param half the weights from the middle to the right end
 * @param sign 1: the left ones are equal; -1: they are the negative ones
 * @returns new floats of the data's precision
 */
export function correlateAxis(
  data: Floats,
  shape: readonly number[],
  axis: number,
  half: Float64Array,
  border: Border,
  sign: 1 | -1 = 1,
): Floats {
  const layout = axisLayout(shape, axis);
  return (layout.inner === 1 ? correlateLines : correlateRows)(data, layout, half, sign, border);
}
