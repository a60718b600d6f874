import { expect, test } from "vitest";
import type { Placement } from "../../src/training/placement";
import { placesPerPixel, warp, warpLabels } from "../../src/training/warp";

const plane = { data: Float32Array.of(0, 1, 2, 10, 11, 12), height: 2, width: 3 };
const same: Placement = { scale: 1, y: 0, x: 0, turn: [1, 0, 0, 1] };

test("warp() mirrors the image beyond its edges without repeating the edge", () => {
  const rows = warp(plane, { ...same, y: -1, x: -2 }, { start: 0, step: 1, count: 6 });
  expect([...rows.subarray(0, 12)]).toEqual([12, 11, 10, 11, 12, 11, 2, 1, 0, 1, 2, 1]);
  expect([...rows.subarray(12, 24)]).toEqual([12, 11, 10, 11, 12, 11, 2, 1, 0, 1, 2, 1]);
});

test("warp() interpolates, turns by quarters and takes every second position", () => {
  const pair = { start: 0, step: 1, count: 2 };
  expect([...warp(plane, { ...same, y: 0.5, x: 0.25 }, pair)]).toEqual([5.25, 6.25, 5.25, 6.25]);
  // A step down in the crop is a step left in the image, a step to the right one down.
  expect([...warp(plane, { ...same, x: 1, turn: [0, 1, -1, 0] }, pair)]).toEqual([1, 11, 0, 10]);
  expect([...warp(plane, { ...same, x: 1 }, { start: -1, step: 2, count: 2 })]).toEqual([10, 12, 10, 12]);
});

test("warp() of an image of one pixel is that pixel", () => {
  const pixel = { data: Float32Array.of(3), height: 1, width: 1 };
  expect([...warp(pixel, { ...same, y: 7.3, x: -5 }, { start: 0, step: 1, count: 2 })]).toEqual([3, 3, 3, 3]);
});

test("warp() takes the mean of places between pixels when an image shrinks", () => {
  const stripes = {
    data: Float32Array.from({ length: 256 }, (_, pixel) => pixel % 2),
    height: 16,
    width: 16,
  };
  const half: Placement = { scale: 0.5, y: 0.5, x: 0.5, turn: [1, 0, 0, 1] };
  expect(placesPerPixel(half)).toBe(2);
  const shrunk = warp(stripes, half, { start: 0, step: 1, count: 8 }, 2);
  expect([...shrunk]).toEqual(new Array(64).fill(0.5));
});

test("placesPerPixel() is 1 unless the image shrinks by more than 1.6", () => {
  expect([2, 1, 0.63, 0.6, 0.3, 0.1].map((scale) => placesPerPixel({ ...same, scale }))).toEqual([
    1, 1, 1, 2, 3, 7,
  ]);
});

test("warpLabels() takes the nearest pixel, and -1 outside", () => {
  const labels = Int32Array.of(1, 2, 3, 4, 5, 6);
  const found = warpLabels(labels, 2, 3, { ...same, y: -0.4, x: -1.4 }, { start: 0, step: 1, count: 3 });
  expect([...found]).toEqual([-1, 1, 2, -1, 4, 5, -1, -1, -1]);
});
