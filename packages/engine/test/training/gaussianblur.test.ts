import { expect, test } from "vitest";
import { gaussianBlur } from "../../src/training/gaussianblur";

test("gaussianBlur() spreads a point as scipy.ndimage.gaussian_filter(sigma=1, radius=3) does", () => {
  const values = new Float32Array(81);
  values[40] = 1;
  gaussianBlur(values, 9, 1);
  const row = [0.00443305, 0.05400558, 0.24203623, 0.39905028, 0.24203623, 0.05400558, 0.00443305];
  // To the digits written down.
  row.forEach((weight, column) => {
    expect(values[4 * 9 + 1 + column]).toBeCloseTo(weight * 0.39905028, 7);
    expect(values[(1 + column) * 9 + 4]).toBeCloseTo(weight * 0.39905028, 7);
  });
});

test("gaussianBlur() keeps a constant, up to the edges", () => {
  const values = new Float32Array(16).fill(2.5);
  gaussianBlur(values, 4, 0.7);
  expect(values).toEqual(new Float32Array(16).fill(2.5));
});
