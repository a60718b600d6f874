import { expect, test } from "vitest";
import { paintObjects } from "../src/stardist/painting";
import { candidatesOf, type StarObjects } from "../src/stardist/starobjects";

const layout = { rows: 2, columns: 3, rays: 4, grid: 2, probabilityThreshold: 0.5 };
const probability = Float32Array.of(0.9, 0.5, 0.6, 0.8, Number.NaN, 0.7);
/** Plane after plane: ray k of cell i is 10 k + i. */
const planes = Float32Array.from({ length: 24 }, (_, index) => 10 * Math.floor(index / 6) + (index % 6));

test("candidatesOf() gives what is over the threshold, row by row, in pixels of the image", () => {
  const objects = candidatesOf(probability, planes, { ...layout, scale: 1.5, offsetY: 100, offsetX: -1 });
  expect(objects.count).toBe(4);
  expect([...objects.y]).toEqual([100, 100, 103, 103]);
  expect([...objects.x]).toEqual([-1, 5, -1, 5]);
  expect(objects.probability).toEqual(Float32Array.of(0.9, 0.6, 0.8, 0.7));
  expect([...objects.distances.subarray(4, 8)]).toEqual([3, 18, 33, 48]);
});

test("candidatesOf() takes centres in a region, without those at its bottom and right", () => {
  const region = { top: 0, left: 0, bottom: 2, right: 4 };
  expect([...candidatesOf(probability, planes, { ...layout, region }).x]).toEqual([0]);
  expect(
    candidatesOf(probability, planes, { ...layout, region: { ...region, bottom: 3, right: 5 } }).count,
  ).toBe(4);
});

test("candidatesOf() reads distances in any layout, and skips those that no polygon can have", () => {
  const last = Float32Array.from({ length: 24 }, (_, index) => 10 * (index % 4) + Math.floor(index / 4));
  const strides = { ray: 1, column: 4, row: 12, first: 0 };
  const expected = candidatesOf(probability, planes, layout);
  expect(candidatesOf(probability, last, { ...layout, strides })).toEqual(expected);
  last[0] = Number.NaN;
  last[9] = 4097;
  const some = candidatesOf(probability, last, { ...layout, strides });
  expect([...some.probability]).toEqual([...expected.probability.subarray(2)]);
  expect(some.distances).toEqual(expected.distances.slice(8));
});

const diamonds = (...centres: [y: number, x: number, radius: number][]): StarObjects => ({
  ...{ count: centres.length, rays: 4 },
  y: Float64Array.from(centres, ([y]) => y),
  x: Float64Array.from(centres, ([, x]) => x),
  probability: Float32Array.from(centres, (_, index) => 1 - index / 10),
  distances: Float32Array.from(centres.flatMap(([, , radius]) => [radius, radius, radius, radius])),
});

test("paintObjects() paints pixels whose centres lie in a polygon or on its outline, the first object on top", () => {
  const labels = new Int32Array(5 * 7);
  paintObjects(labels, 5, 7, diamonds([2, 2, 2], [2, 4, 1.5]));
  const drawn = ["..1....", ".1112..", "111112.", ".1112..", "..1...."];
  expect(labels).toEqual(Int32Array.from(drawn.join(""), (pixel) => Number(pixel.replace(".", "0"))));
});

test("paintObjects() paints what of an object lies in the image", () => {
  const labels = new Int32Array(3 * 3);
  paintObjects(labels, 3, 3, diamonds([-1, 1, 2], [5, 5, 1], [1.5, 2.5, 1]));
  expect([...labels]).toEqual([1, 1, 1, 0, 1, 3, 0, 0, 3]);
});
