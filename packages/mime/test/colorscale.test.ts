import { expect, test } from "vitest";
import { colorScale, scaleColor } from "../src/index";

test("colorScale() spans all of few values", () => {
  const scale = colorScale(Float64Array.of(Number.NaN, 7, -2, Number.NaN, 3));
  expect(scale).toEqual({ low: -2, high: 7, isClipped: { low: false, high: false } });
});

test("colorScale() of many values leaves the extreme percent at each end out", () => {
  const values = Float64Array.from({ length: 201 }, (_, i) => (i === 200 ? 1e6 : i));
  expect(colorScale(values)).toEqual({ low: 2, high: 198, isClipped: { low: true, high: true } });
});

test("colorScale() of no values is one colour", () => {
  expect(scaleColor(colorScale(Float64Array.of(Number.NaN)), Number.NaN)).toEqual([128, 128, 128]);
  expect(scaleColor(colorScale(Float64Array.of(5, 5)), 5)).toEqual([33, 145, 140]);
});

// matplotlib.colormaps["viridis"](x, bytes=True) at these places.
test.each([
  [0, [68, 1, 84]],
  [0.1875, [65, 65, 135]],
  [0.5, [33, 145, 140]],
  [1, [253, 231, 36]],
])("scaleColor() at %f is matplotlib's viridis", (part, expected) => {
  const scale = { low: 10, high: 20, isClipped: { low: false, high: false } };
  const color = scaleColor(scale, 10 + 10 * part);
  color.forEach((level, channel) => {
    expect(Math.abs(level - expected[channel])).toBeLessThanOrEqual(2);
  });
});
