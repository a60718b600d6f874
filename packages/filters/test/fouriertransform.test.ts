import { expect, test } from "vitest";
import { fourierTransform } from "../src/fourier/fouriertransform";
import type { Complex } from "../src/fourier/linetransform";

// Any numbers, the same in each run.
const valueAt = (i: number): number => Math.sin(i * i + 1) * 10;

const valuesOf = (size: number): Complex => ({
  real: Float64Array.from({ length: size }, (_, i) => valueAt(i)),
  imaginary: Float64Array.from({ length: size }, (_, i) => valueAt(i + 0.5)),
});

/** The sum that defines the transform. */
function defined({ real, imaginary }: Complex, [height, width]: readonly number[]): Complex {
  const sums = { real: new Float64Array(real.length), imaginary: new Float64Array(real.length) };
  for (let target = 0; target < real.length; target++) {
    for (let source = 0; source < real.length; source++) {
      const rows = (Math.floor(target / width) * Math.floor(source / width)) / height;
      const columns = ((target % width) * (source % width)) / width;
      const angle = -2 * Math.PI * (rows + columns);
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      sums.real[target] += real[source] * cosine - imaginary[source] * sine;
      sums.imaginary[target] += real[source] * sine + imaginary[source] * cosine;
    }
  }
  return sums;
}

const furthest = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

// Powers of 2, small factors, 13, primes that are transformed as convolutions, and products with them.
test.each([
  [1, 1],
  [8, 16],
  [12, 15],
  [26, 7],
  [17, 20],
  [1, 97],
  [34, 19],
])("fourierTransform() of %d × %d numbers is the sum that defines it", (height, width) => {
  const values = valuesOf(height * width);
  const expected = defined(values, [height, width]);
  fourierTransform(values, [height, width]);
  // The largest sums are of the order of 10 · √size; the defining sum's own rounding is what is seen.
  expect(furthest(values.real, expected.real)).toBeLessThan(1e-10);
  expect(furthest(values.imaginary, expected.imaginary)).toBeLessThan(1e-10);
});

test("fourierTransform() of swapped parts takes the transform back", () => {
  const shape = [6, 23, 10];
  const values = valuesOf(6 * 23 * 10);
  fourierTransform(values, shape);
  fourierTransform({ real: values.imaginary, imaginary: values.real }, shape);
  const expected = valuesOf(6 * 23 * 10);
  const back = values.real.map((value) => value / expected.real.length);
  expect(furthest(back, expected.real)).toBeLessThan(1e-12);
});
