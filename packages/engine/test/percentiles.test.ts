import fc from "fast-check";
import { expect, test } from "vitest";
import { percentiles } from "../src/percentiles";

/** By sorting: numpy's definition of the linear method. */
function bySorting(values: Float32Array, percent: number): number {
  const sorted = values.filter(Number.isFinite).sort();
  if (sorted.length === 0) return 0;
  const position = (percent / 100) * (sorted.length - 1);
  const below = Math.floor(position);
  return sorted[below] + (sorted[Math.ceil(position)] - sorted[below]) * (position - below);
}

test("percentiles() gives numpy's values", () => {
  // np.percentile(np.float32([-3.5, 7, 0.25, 1e-30, 40, -0.0, 12]), [0, 1, 30, 50, 99.8, 100])
  const values = Float32Array.of(-3.5, 7, 0.25, 1e-30, 40, -0, 12);
  const found = percentiles(values, [0, 1, 30, 50, 99.8, 100]);
  const expected = [-3.5, -3.29, 0, 0.25, 39.664, 40];
  for (const [index, value] of expected.entries()) expect(found[index]).toBeCloseTo(value, 5);
});

test("percentiles() are those of the sorted finite values", () => {
  fc.assert(
    fc.property(fc.float32Array(), fc.double({ min: 0, max: 100, noNaN: true }), (values, percent) => {
      const [found] = percentiles(values, [percent]);
      const expected = bySorting(values, percent);
      return found === expected || Math.abs(found - expected) <= 1e-6 * Math.abs(expected);
    }),
  );
});

test("percentiles() of nothing finite are 0", () => {
  expect(percentiles(Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY), [1, 99])).toEqual([0, 0]);
});
