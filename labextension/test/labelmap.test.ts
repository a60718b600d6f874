import { expect, test } from "vitest";
import { LabelMap } from "../src/mask/labelmap";

const grid = (Kind: typeof Uint16Array | typeof Uint32Array, far: number) =>
  // biome-ignore format: a picture of the mask
  new Kind([
    0, 5, 5, 0,
    0, 5, 0, far,
    2, 0, 0, far,
  ]);

test.each([
  ["16-bit", grid(Uint16Array, 900), 900],
  ["32-bit", grid(Uint32Array, 4_000_000_000), 4_000_000_000],
])("LabelMap numbers %s labels without gaps", (_, pixels, far) => {
  const map = new LabelMap(pixels, 4, 3);
  expect([...map.labels]).toEqual([0, 2, 5, far]);
  expect([...map.indices]).toEqual([0, 2, 2, 0, 0, 2, 0, 3, 1, 0, 0, 3]);
  expect(map.indices).toBeInstanceOf(Uint16Array);
  expect(map.count).toBe(3);
  expect([2, 5, far, 0, 3, 1e9].map((label) => map.indexOf(label))).toEqual([1, 2, 3, 0, 0, 0]);
});

test("LabelMap keeps more than 65,535 labels apart", () => {
  const labels = Uint32Array.from({ length: 70_000 }, (_, i) => 3 * (i + 1));
  const map = new LabelMap(labels, 700, 100);
  expect(map.indices).toBeInstanceOf(Uint32Array);
  expect(map.count).toBe(70_000);
  expect(map.labels[map.indexAt(699, 99)]).toBe(210_000);
});

test("LabelMap.indexAt() is 0 on the background and outside", () => {
  const map = new LabelMap(grid(Uint16Array, 9), 4, 3);
  expect(map.indexAt(1.9, 0.1)).toBe(2);
  for (const [x, y] of [
    [0, 0],
    [-0.1, 2],
    [4, 1],
    [1, 3],
  ])
    expect(map.indexAt(x, y)).toBe(0);
});

test("LabelMap.regions has area and centroid of each label", () => {
  const { area, centroidX, centroidY } = new LabelMap(grid(Uint16Array, 9), 4, 3).regions;
  expect([...area.subarray(1)]).toEqual([1, 3, 2]);
  expect([...centroidX.subarray(1)]).toEqual([0, 4 / 3, 3]);
  expect([...centroidY.subarray(1)]).toEqual([2, 1 / 3, 1.5]);
});

test("LabelMap of an empty mask has the background only", () => {
  const map = new LabelMap(new Uint16Array(6), 3, 2);
  expect(map.count).toBe(0);
  expect(map.indexOf(1)).toBe(0);
});

test("LabelMap shows a stack plane by plane, its labels numbered alike in all", () => {
  const map = new LabelMap(Uint16Array.of(0, 7, 7, 7, 0, 0, 0, 0, 0, 9, 7, 0), 2, 2, 3);
  expect([map.plane, map.count, map.regions.area[1]]).toEqual([0, 2, 3]);
  expect([map.planeWith(1), map.planeWith(2)]).toEqual([0, 2]);
  map.showPlane(2);
  expect([...map.indices]).toEqual([0, 2, 1, 0]);
  expect([map.indexAt(1, 0), map.regions.area[1], map.planeWith(1)]).toEqual([2, 1, 2]);
  map.showPlane(1);
  expect([map.indexAt(1, 0), map.regions.area[1]]).toEqual([0, 0]);
});
