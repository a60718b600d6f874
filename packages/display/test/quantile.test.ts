import { expect, test } from "vitest";
import { quantiles } from "../src/quantile";

const oneToHundred = Array.from({ length: 100 }, (_, i) => ((i * 37) % 100) + 1);

test.each([Uint8Array, Uint16Array, Int32Array, Float64Array])(
  "quantiles() of %o are nearest ranks",
  (type) => {
    const quantile = quantiles(type.from(oneToHundred));
    expect([0, 0.01, 0.25, 0.5, 0.755, 0.998, 1].map(quantile)).toEqual([1, 1, 25, 50, 76, 100, 100]);
  },
);

test("quantiles() reads one channel of several", () => {
  const quantile = quantiles(Uint8Array.of(1, 100, 2, 200, 3, 50), 1, 2);
  expect([quantile(0), quantile(0.5), quantile(1)]).toEqual([50, 100, 200]);
});

test("quantiles() leaves NaN and infinities out", () => {
  expect(quantiles([Number.NaN, 3, Number.POSITIVE_INFINITY, 1])(1)).toBe(3);
  expect(quantiles([Number.NaN])(0.5)).toBeNaN();
});

test("quantiles() of many values are right to a tenth of a percent", () => {
  const values = Float64Array.from({ length: 2048 * 2048 }, (_, i) => (i * 7919) % 4194301);
  const quantile = quantiles(values);
  for (const fraction of [0.01, 0.5, 0.998]) {
    expect(quantile(fraction) / 4194301).toBeCloseTo(fraction, 2.5);
  }
});
