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
      const [near, far] = [indices[i], indices[radius + length + i]];
      line[i] = near < 0 ? cval : data[start + near];
      line[radius + length + i] = far < 0 ? cval : data[start + far];
    }
    for (let i = 0; i < length; i++) line[radius + i] = data[start + i];
    for (let i = 0; i < length; i++) sums[i] = half[0] * line[radius + i];
    for (let k = 1; k <= radius; k++) {
      const [weight, left, right] = [half[k], radius - k, radius + k];
      const mirrored = sign * weight;
      for (let i = 0; i < length; i++) sums[i] += weight * line[right + i] + mirrored * line[left + i];
    }
    for (let i = 0; i < length; i++) result[start + i] = sums[i];
  }
  return result;
}

/** Along another axis, a whole row at a time. */
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
  const outside = new Float64Array(inner).fill(cval);
  const indices = borderIndices(length, radius, radius, mode);
  for (let block = 0; block < outer; block++) {
    const start = block * length * inner;
    for (let i = 0; i < length; i++) {
      const middle = start + i * inner;
      for (let x = 0; x < inner; x++) sums[x] = half[0] * data[middle + x];
      for (let k = 1; k <= radius; k++) {
        const [before, after] = [indices[radius + i - k], indices[radius + i + k]];
        const [left, right] = [before < 0 ? outside : data, after < 0 ? outside : data];
        const leftAt = before < 0 ? 0 : start + before * inner;
        const rightAt = after < 0 ? 0 : start + after * inner;
        const weight = half[k];
        const mirrored = sign * weight;
        for (let x = 0; x < inner; x++) sums[x] += weight * right[rightAt + x] + mirrored * left[leftAt + x];
      }
      for (let x = 0; x < inner; x++) result[middle + x] = sums[x];
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
