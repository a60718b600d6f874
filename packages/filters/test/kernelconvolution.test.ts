import { expect, test } from "vitest";
import { kernelConvolution } from "../src/filter/kernelconvolution";
import { type Field, fourierConvolution } from "../src/fourier/fourierconvolution";

// Any numbers, the same in each run.
const fieldOf = (shape: readonly number[], seed: number): Field => ({
  shape,
  values: Float64Array.from({ length: shape.reduce((product, length) => product * length, 1) }, (_, i) =>
    Math.sin((i + seed) * (i + seed) + 1),
  ),
});

/** A kernel that is a product of lines. */
function productOf(shape: readonly number[]): Field {
  const lines = shape.map((length, axis) => fieldOf([length], 3 * axis).values);
  const values = lines.reduce((before, line) =>
    Float64Array.from(Array.from(before).flatMap((value) => Array.from(line, (weight) => value * weight))),
  );
  return { shape, values };
}

/** The place of an element along each axis. */
const placeOf = (index: number, shape: readonly number[]): number[] =>
  shape.map((length, axis) => {
    const inner = shape.slice(axis + 1).reduce((product, other) => product * other, 1);
    return Math.floor(index / inner) % length;
  });

/** The sum that defines the convolution, zeros around the grid, the kernel's (first) middle on each element. */
function defined(grid: Field, kernel: Field): Float64Array {
  const result = new Float64Array(grid.values.length);
  for (let target = 0; target < result.length; target++) {
    const at = placeOf(target, grid.shape);
    for (let tap = 0; tap < kernel.values.length; tap++) {
      const from = placeOf(tap, kernel.shape).map(
        (place, axis) => at[axis] + ((kernel.shape[axis] - 1) >> 1) - place,
      );
      if (from.some((place, axis) => place < 0 || place >= grid.shape[axis])) continue;
      const source = from.reduce((before, place, axis) => before * grid.shape[axis] + place, 0);
      result[target] += grid.values[source] * kernel.values[tap];
    }
  }
  return result;
}

const furthest = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

// Odd and even lengths, a kernel larger than the grid, lengths of 1.
test.each([
  [[11], [4]],
  [
    [9, 14],
    [3, 4],
  ],
  [
    [8, 5],
    [6, 1],
  ],
  [
    [4, 6],
    [9, 7],
  ],
  [
    [5, 6, 7],
    [4, 3, 2],
  ],
  [
    [1, 6, 7],
    [1, 3, 5],
  ],
])(
  "kernelConvolution() and fourierConvolution() on %j with %j give the sums that define them",
  (shape, sides) => {
    const grid = fieldOf(shape, 5);
    for (const kernel of [fieldOf(sides, 0.5), productOf(sides)]) {
      const expected = defined(grid, kernel);
      // Sums of some hundred numbers below 1, rounded in another order.
      expect(furthest(kernelConvolution(shape, kernel)(grid.values), expected)).toBeLessThan(1e-13);
      expect(furthest(fourierConvolution(shape, kernel)(grid.values), expected)).toBeLessThan(1e-13);
    }
  },
);
