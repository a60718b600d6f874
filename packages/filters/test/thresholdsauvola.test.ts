import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { thresholdNiblack, thresholdSauvola } from "../src/index";

test("thresholdNiblack() finds no deviation where all whole numbers are equal", () => {
  const data = new Uint16Array(60 * 90).fill(40_009);
  data[0] = 1;
  const image = ndarray(data, [60, 90]);
  const [low, high] = [1, -1].map((k) => thresholdNiblack(image, { windowSize: 25, k }));
  const flat = [low, high].map((found) => found.slice([13, 60], [13, 90]));
  expect(flat[0].equal(flat[1]).all()).toBe(1);
  expect(low.equal(high).slice([0, 12], [0, 12]).any()).toBe(0);
});

test("thresholdSauvola() keeps infinity and NaN within their neighbourhoods", () => {
  for (const odd of [Number.POSITIVE_INFINITY, Number.NaN]) {
    const data = Float64Array.from({ length: 40 * 50 }, (_, i) => i % 7);
    data[20 * 50 + 30] = odd;
    const found = thresholdSauvola(ndarray(data, [40, 50]), { windowSize: [5, 9] });
    for (const [i, value] of found.data.entries()) {
      const isNear = Math.abs(Math.floor(i / 50) - 20) <= 2 && Math.abs((i % 50) - 30) <= 4;
      expect(Number.isFinite(value)).toBe(!isNear);
    }
  }
});
