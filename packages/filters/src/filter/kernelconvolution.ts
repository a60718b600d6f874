import { axisLayout } from "../axislayout";
import { type Field, fourierConvolution } from "../fourier/fourierconvolution";
import { correlated } from "./correlation";
import { symmetric, type Tap } from "./taps";

/** The line of a kernel's values along an axis through one of them. */
function lineThrough({ values, shape }: Field, at: number, axis: number): Float64Array {
  const { length, inner } = axisLayout(shape, axis);
  const start = at - (Math.floor(at / inner) % length) * inner;
  return Float64Array.from({ length }, (_, place) => values[start + place * inner]);
}

/** The lines, one along each axis, whose product a kernel is within a float's precision; undefined if it is none. */
function separated({ values, shape }: Field): Float64Array[] | undefined {
  const peak = values.reduce((best, value, at) => (Math.abs(value) > Math.abs(values[best]) ? at : best), 0);
  const highest = values[peak];
  const lines = shape.map((_, axis) =>
    lineThrough({ values, shape }, peak, axis).map((value) => (axis === 0 ? value : value / highest)),
  );
  const products = lines.reduce((before, line) =>
    Float64Array.from({ length: before.length * line.length }, (_, at) => {
      return before[Math.floor(at / line.length)] * line[at % line.length];
    }),
  );
  const most = 4 * Number.EPSILON * Math.abs(highest);
  return products.every((product, at) => Math.abs(product - values[at]) <= most) ? lines : undefined;
}

/** The weights of a line, mirrored around its middle, of an even length's two middle ones the first. */
function tapsOf(line: Float64Array): readonly Tap[] {
  const middle = (line.length - 1) >> 1;
  const isSymmetric = line.every((weight, at) => weight === line[line.length - 1 - at]);
  if (isSymmetric && line.length % 2 === 1) return symmetric(line.subarray(middle));
  return Array.from(line, (weight, at) => ({
    first: middle - at,
    second: middle - at,
    weight: weight / 2,
  }));
}

/**
 * What convolves grids of a shape with a kernel, zeros around them (SciPy's `convolve` with mode `"same"`): line by line
 * if the kernel is a product of lines, as a Gaussian is, else by Fourier transforms. Its results are new.
 */
export function kernelConvolution(
  shape: readonly number[],
  kernel: Field,
): (values: Float64Array) => Float64Array {
  const lines = separated(kernel);
  if (!lines) return fourierConvolution(shape, kernel);
  const kernels = lines.map(tapsOf);
  const border = { mode: "constant", cval: 0 } as const;
  return (values) => correlated({ values, scale: 1 }, shape, kernels, border) as Float64Array;
}
