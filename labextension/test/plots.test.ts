import { expect, test } from "vitest";
import { histogramPlot } from "../src/plot/histogramplot";
import { scatterPlot } from "../src/plot/scatterplot";

const frame = { left: 0, top: 0, right: 100, bottom: 100 };
const point = (x: number, y: number) => ({ left: x, top: y, right: x, bottom: y });
const all = Uint32Array.of(0, 1, 2, 3);
/** Bins [0, 2), [2, 4), …, [8, 10): 20 pixels each in the frame. */
const area = new Float64Array([1, 2, 3, 9]);

test("histogramPlot() finds a bar's records at a click and exact ones under a brush", () => {
  const plot = histogramPlot(area, all, "area");
  expect(plot?.recordsIn(point(30, 50), frame)).toEqual([1, 2]);
  expect(plot?.recordsIn(point(50, 50), frame)).toEqual([]);
  expect(plot?.recordsIn({ left: 5, right: 25, top: 0, bottom: 1 }, frame)).toEqual([0, 1]);
  expect(plot?.brushed({ left: 5, right: 25, top: 40, bottom: 41 }, frame)).toEqual({
    left: 5,
    right: 25,
    top: 0,
    bottom: 100,
  });
});

test("histogramPlot() steps from bar to bar, over empty ones, and with extend keeps those between", () => {
  const plot = histogramPlot(area, all, "area");
  expect(plot?.step(1, false)).toEqual([0]);
  expect(plot?.step(1, false)).toEqual([1, 2]);
  expect(plot?.step(1, true)).toEqual([1, 2, 3]);
  expect(plot?.step(1, false)).toEqual([3]);
  expect(plot?.step(-1, false)).toEqual([1, 2]);
});

test("histogramPlot() of filtered rows knows no others, of none there is none", () => {
  const plot = histogramPlot(area, Uint32Array.of(1, 3), "area");
  expect(plot?.recordsIn({ left: 0, right: 100, top: 0, bottom: 1 }, frame)).toEqual([1, 3]);
  expect(histogramPlot(area, Uint32Array.of(), "area")).toBeNull();
});

test("scatterPlot() finds the nearest point within reach, and those in a box", () => {
  const x = { values: new Float64Array([0, 50, 100, Number.NaN]), title: "x" };
  const y = { values: new Float64Array([0, 100, 50, 1]), title: "y" };
  const plot = scatterPlot(x, y, all);
  // The ranges have a margin of 4 % on either side: 0 lies at 100 × 4 / 108 = 3.7 pixels from the edge.
  expect(plot?.recordsIn(point(6, 94), frame)).toEqual([0]);
  expect(plot?.recordsIn(point(25, 50), frame)).toEqual([]);
  expect(plot?.recordsIn({ left: 40, top: 0, right: 100, bottom: 60 }, frame)).toEqual([1, 2]);
});

test("scatterPlot() steps along x", () => {
  const x = { values: new Float64Array([3, 1, 2]), title: "x" };
  const plot = scatterPlot(x, x, Uint32Array.of(0, 1, 2));
  expect(plot?.step(1, false)).toEqual([1]);
  expect(plot?.step(1, true)).toEqual([1, 2]);
  expect(plot?.step(-1, false)).toEqual([1]);
  expect(scatterPlot(x, { values: new Float64Array(3).fill(Number.NaN), title: "y" }, all)).toBeNull();
});
