import { axisLayout } from "../axislayout";
import { fourierTransform } from "./fouriertransform";
import { type Complex, complexOf } from "./linetransform";

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

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** Call for each of so many planes with the offsets of its frequencies' rows, and of those of the opposite ones. */
function eachFrequencyRow(
  [planes, ...rest]: readonly number[],
  visit: (row: number, opposite: number, plane: number) => void,
): void {
  const [height, width] = [1, ...rest].slice(-2);
  for (let plane = 0, row = 0; plane < planes; plane++) {
    const other = (planes - plane) % planes;
    for (let y = 0; y < height; y++, row += width) {
      visit(row, (other * height + ((height - y) % height)) * width, plane);
    }
  }
}

/** Spectra of a real grid's even and odd planes. */
interface Halves {
  readonly even: Complex;
  readonly odd: Complex;
}

/** Put a row of both spectra, times a number, from that of even planes as real and odd ones as imaginary parts. */
function putHalves(
  { real, imaginary }: Complex,
  { even, odd }: Halves,
  row: number,
  opposite: number,
  width: number,
  scale: number,
): void {
  for (let x = 0; x < width; x++) {
    const at = row + x;
    const other = x === 0 ? opposite : opposite + width - x;
    even.real[at] = (real[at] + real[other]) * scale;
    even.imaginary[at] = (imaginary[at] - imaginary[other]) * scale;
    odd.real[at] = (imaginary[at] + imaginary[other]) * scale;
    odd.imaginary[at] = (real[other] - real[at]) * scale;
  }
}

/**
 * Put a row of the spectrum of a convolution, of which, too, even planes are real and odd ones imaginary parts: an odd
 * plane by an odd one is the even plane after both, which is a turn by `cosine` and `sine`.
 */
function multiplyRow(
  { real, imaginary }: Complex,
  { even, odd }: Halves,
  target: Complex,
  row: number,
  opposite: number,
  width: number,
  [cosine, sine]: readonly [number, number],
): void {
  for (let x = 0; x < width; x++) {
    const at = row + x;
    const other = x === 0 ? opposite : opposite + width - x;
    const evenReal = real[at] + real[other];
    const evenImaginary = imaginary[at] - imaginary[other];
    const oddReal = imaginary[at] + imaginary[other];
    const oddImaginary = real[other] - real[at];
    const a = even.real[at];
    const b = even.imaginary[at];
    const c = odd.real[at];
    const d = odd.imaginary[at];
    const bothReal = oddReal * c - oddImaginary * d;
    const bothImaginary = oddReal * d + oddImaginary * c;
    const resultReal = evenReal * a - evenImaginary * b + bothReal * cosine - bothImaginary * sine;
    const resultImaginary = evenReal * b + evenImaginary * a + bothReal * sine + bothImaginary * cosine;
    const mixedReal = evenReal * c - evenImaginary * d + oddReal * a - oddImaginary * b;
    const mixedImaginary = evenReal * d + evenImaginary * c + oddReal * b + oddImaginary * a;
    target.real[at] = resultReal - mixedImaginary;
    target.imaginary[at] = resultImaginary + mixedReal;
  }
}

/**
 * What convolves grids of a shape with a kernel, zeros around them, by Fourier transforms (SciPy's `convolve` with mode
 * `"same"`); its results are new. Planes along the first axis are transformed two as one complex plane.
 */
export function fourierConvolution(
  shape: readonly number[],
  kernel: Field,
): (values: Float64Array) => Float64Array {
  if (shape.length === 1)
    return fourierConvolution([1, ...shape], { ...kernel, shape: [1, ...kernel.shape] });
  const rest = shape.slice(1);
  const inner = rest.map((length, axis) => fastLength(length + kernel.shape[axis + 1] - 1));
  const planes = fastLength(Math.ceil((shape[0] + kernel.shape[0] - 1) / 2));
  const lengths = [planes, ...inner];
  const [plane, size] = [sizeOf(inner), sizeOf(lengths)];
  const width = inner[inner.length - 1];
  const none = inner.map(() => 0);
  const transformed = ({ values, shape: [count, ...own] }: Field): Complex => {
    const packed = complexOf(size);
    const row = own[own.length - 1];
    for (let i = 0, start = 0; i < count; i++, start += sizeOf(own)) {
      const [part, first] = [i % 2 === 0 ? packed.real : packed.imaginary, (i >> 1) * plane];
      eachRow(own, inner, none, (from, to) =>
        part.set(values.subarray(start + from, start + from + row), first + to),
      );
    }
    fourierTransform(packed, lengths);
    return packed;
  };
  const weights = transformed(kernel);
  const halves = { even: complexOf(size), odd: complexOf(size) };
  // Halves of sums, of the kernel and of the values.
  const scale = 1 / (4 * size);
  eachFrequencyRow(lengths, (row, opposite) => putHalves(weights, halves, row, opposite, width, scale));
  const [first, ...middle] = kernel.shape.map((length) => (length - 1) >> 1);
  const product = complexOf(size);
  return (values) => {
    const spectrum = transformed({ values, shape });
    eachFrequencyRow(lengths, (row, opposite, at) => {
      const angle = (-2 * Math.PI * at) / planes;
      multiplyRow(spectrum, halves, product, row, opposite, width, [Math.cos(angle), Math.sin(angle)]);
    });
    fourierTransform({ real: product.imaginary, imaginary: product.real }, lengths);
    const result = new Float64Array(values.length);
    const row = rest[rest.length - 1];
    for (let i = 0, start = 0; i < shape[0]; i++, start += sizeOf(rest)) {
      const part = (i + first) % 2 === 0 ? product.real : product.imaginary;
      const own = ((i + first) >> 1) * plane;
      eachRow(rest, inner, middle, (at, from) =>
        result.set(part.subarray(own + from, own + from + row), start + at),
      );
    }
    return result;
  };
}
