import { expect, test } from "vitest";
import { resizeLabels, resizePicture, shrink, sizeWithin } from "../src/image/picture";

test("shrink() averages whole blocks", () => {
  const values = [0, 2, 10, 10, 4, 6, 10, 30];
  expect([...shrink(values, { width: 4, height: 2 }, 1, { width: 2, height: 1 })]).toEqual([3, 15]);
});

test("shrink() weighs a pixel by its share of the area", () => {
  // Three pixels onto two: each gets one and a half, so [0 and half of 9], [half of 9 and 6].
  expect([...shrink([0, 9, 6], { width: 3, height: 1 }, 1, { width: 2, height: 1 })]).toEqual([3, 7]);
  expect([...shrink([0, 9, 6], { width: 1, height: 3 }, 1, { width: 1, height: 2 })]).toEqual([3, 7]);
});

test("shrink() keeps channels apart and the mean as it is", () => {
  const values = Float32Array.from({ length: 37 * 23 * 3 }, (_, i) => (i % 3) * 100 + (i % 11));
  const small = shrink(values, { width: 37, height: 23 }, 3, { width: 10, height: 9 });
  for (let c = 0; c < 3; c++) {
    const mean = (array: ArrayLike<number>) => {
      const channel = Array.from(array).filter((_, i) => i % 3 === c);
      return channel.reduce((sum, value) => sum + value, 0) / channel.length;
    };
    // float32 sums of 851 values
    expect(mean(small)).toBeCloseTo(mean(values), 3);
  }
});

test("resizePicture() enlarges by repeating pixels", () => {
  const picture = { width: 2, height: 1, channels: 1, pixels: Uint8Array.of(7, 9) } as const;
  expect([...resizePicture(picture, { width: 4, height: 2 }).pixels]).toEqual([7, 7, 9, 9, 7, 7, 9, 9]);
  expect(resizePicture(picture, { width: 2, height: 1 })).toBe(picture);
});

test("resizeLabels() takes labels as they are", () => {
  const labels = [1, 1, 2, 2, 1, 1, 2, 2];
  expect([...resizeLabels(labels, { width: 4, height: 2 }, { width: 2, height: 1 })]).toEqual([1, 2]);
  expect([...resizeLabels([5, 6], { width: 2, height: 1 }, { width: 4, height: 1 })]).toEqual([5, 5, 6, 6]);
});

test("sizeWithin() keeps proportions and never loses a side", () => {
  expect(sizeWithin({ width: 4000, height: 2000 }, 1000)).toEqual({ width: 1000, height: 500 });
  expect(sizeWithin({ width: 3, height: 9000 }, 1000)).toEqual({ width: 1, height: 1000 });
});
