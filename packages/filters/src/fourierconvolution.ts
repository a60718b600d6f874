import { axisLayout } from "./axislayout";
import { fourierTransform } from "./fouriertransform";
import type { Complex } from "./linetransform";

/** Values in C order of a shape. */
export interface Field {
  readonly values: Float64Array;
  readonly shape: readonly number[];
}

/** The least length from one on that transforms fast: of factors 2 and 3. */
function fastLength(length: number): number {
  let rest = length;
  for (const factor of [2, 3]) while (rest % factor === 0) rest /= factor;
  return rest === 1 ? length : fastLength(length + 1);
}

/** Call with where each row of the smaller grid begins in it, and where in the larger one, from `start` on. */
function eachRow(
  smaller: readonly number[],
  larger: readonly number[],
  start: readonly number[],
  visit: (from: number, to: number) => void,
): void {
  const last = smaller.length - 1;
  const strides = larger.map((_, axis) => axisLayout(larger, axis).inner);
  const walk = (axis: number, from: number, to: number): void => {
    const at = to + start[axis] * strides[axis];
    if (axis === last) {
      visit(from, at);
      return;
    }
    const step = axisLayout(smaller, axis).inner;
    for (let i = 0; i < smaller[axis]; i++) walk(axis + 1, from + i * step, at + i * strides[axis]);
  };
  walk(0, 0, 0);
}

/**
 * What convolves grids of a shape with a kernel, zeros around them, by Fourier transforms (SciPy's `convolve` with mode
 * `"same"`); its results are new.
 */
export function fourierConvolution(
  shape: readonly number[],
  kernel: Field,
): (values: Float64Array) => Float64Array {
  const lengths = shape.map((length, axis) => fastLength(length + kernel.shape[axis] - 1));
  const size = lengths.reduce((product, length) => product * length, 1);
  const width = shape[shape.length - 1];
  const none = shape.map(() => 0);
  const transformed = ({ values, shape: own }: Field): Complex => {
    const padded = { real: new Float64Array(size), imaginary: new Float64Array(size) };
    const row = own[own.length - 1];
    eachRow(own, lengths, none, (from, to) => padded.real.set(values.subarray(from, from + row), to));
    fourierTransform(padded, lengths);
    return padded;
  };
  const weights = transformed(kernel);
  const middle = kernel.shape.map((length) => (length - 1) >> 1);
  return (values) => {
    const { real, imaginary } = transformed({ values, shape });
    for (let i = 0; i < size; i++) {
      const [a, b, c, d] = [real[i], imaginary[i], weights.real[i], weights.imaginary[i]];
      real[i] = (a * c - b * d) / size;
      imaginary[i] = (a * d + b * c) / size;
    }
    fourierTransform({ real: imaginary, imaginary: real }, lengths);
    const result = new Float64Array(values.length);
    eachRow(shape, lengths, middle, (at, from) => result.set(real.subarray(from, from + width), at));
    return result;
  };
}
