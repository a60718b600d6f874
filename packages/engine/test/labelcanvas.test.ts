import { expect, test } from "vitest";
import { LabelCanvas } from "../src/labelcanvas";

const [HEIGHT, WIDTH] = [4, 16];
const left = {
  core: { top: 0, left: 0, bottom: 4, right: 8 },
  outer: { top: 0, left: 0, bottom: 4, right: 12 },
};
const right = {
  core: { top: 0, left: 8, bottom: 4, right: 16 },
  outer: { top: 0, left: 4, bottom: 4, right: 16 },
};

/** Labels of a tile's 4 × 12 pixels, the same in each row. */
const rows = (...row: number[]): Int32Array => Int32Array.from({ length: 48 }, (_, pixel) => row[pixel % 12]);

const firstRow = (canvas: LabelCanvas): number[] => Array.from(canvas.labels.subarray(0, WIDTH));

test("LabelCanvas draws an object on a seam once, and whole", () => {
  const canvas = new LabelCanvas(HEIGHT, WIDTH);
  canvas.place(rows(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0), left, 1);
  canvas.place(rows(0, 0, 1, 1, 1, 1, 0, 0, 0, 2, 2, 0), right, 2);
  expect(firstRow(canvas)).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 2, 2, 0]);
});

test("LabelCanvas leaves an object to the tile that has its centre", () => {
  const canvas = new LabelCanvas(HEIGHT, WIDTH);
  canvas.place(rows(1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2), left, 2);
  expect(firstRow(canvas)).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  canvas.place(rows(0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0), right, 1);
  expect(firstRow(canvas)).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 0, 0, 0]);
});

test("LabelCanvas joins the parts of an object that no tile shows whole", () => {
  const canvas = new LabelCanvas(HEIGHT, WIDTH);
  canvas.place(rows(0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), left, 1);
  canvas.place(rows(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0), right, 1);
  expect(firstRow(canvas)).toEqual([0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
});

test("LabelCanvas keeps neighbours apart that overlap a little", () => {
  const canvas = new LabelCanvas(HEIGHT, WIDTH);
  canvas.place(rows(0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0), left, 1);
  canvas.place(rows(0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0), right, 1);
  expect(firstRow(canvas)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 0, 0, 0, 0]);
});
