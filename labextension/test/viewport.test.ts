import { expect, test } from "vitest";
import {
  canvasSize,
  fitViewport,
  maskPosition,
  panViewport,
  revealPosition,
  zoomViewport,
} from "../src/viewport";

const mask = { width: 100, height: 50 };
const available = { width: 800, height: 520 };
const canvas = { width: 200, height: 100 };

test("canvasSize() keeps the mask's proportions within what is available", () => {
  expect(canvasSize({ width: 2048, height: 1024 }, available)).toEqual({ width: 800, height: 400 });
  expect(canvasSize({ width: 512, height: 512 }, available)).toEqual({ width: 520, height: 520 });
});

test("canvasSize() leaves a thin or tiny mask room to be pointed at", () => {
  expect(canvasSize({ width: 2000, height: 4 }, available)).toEqual({ width: 800, height: 96 });
  expect(canvasSize({ width: 4, height: 2000 }, available)).toEqual({ width: 240, height: 520 });
  expect(canvasSize({ width: 10, height: 10 }, available)).toEqual({ width: 320, height: 320 });
});

test("fitViewport() centres the mask in a canvas of other proportions", () => {
  expect(fitViewport(mask, { width: 200, height: 200 })).toEqual({ left: 0, top: -25, scale: 2 });
});

test("zoomViewport() keeps the mask position under the anchor", () => {
  const anchor = { x: 120, y: 40 };
  const start = fitViewport(mask, canvas);
  const zoomed = zoomViewport(start, 3, anchor, mask, canvas);
  expect(zoomed.scale).toBe(6);
  expect(maskPosition(zoomed, anchor).x).toBeCloseTo(maskPosition(start, anchor).x, 12);
  expect(maskPosition(zoomed, anchor).y).toBeCloseTo(maskPosition(start, anchor).y, 12);
});

test("zoomViewport() neither shrinks the mask below the canvas nor grows a pixel beyond 48 px", () => {
  const start = fitViewport(mask, canvas);
  expect(zoomViewport(start, 0.1, { x: 7, y: 9 }, mask, canvas)).toEqual(start);
  expect(zoomViewport(start, 1e6, { x: 7, y: 9 }, mask, canvas).scale).toBe(48);
});

test("panViewport() stops at the borders of the mask", () => {
  const zoomed = zoomViewport(fitViewport(mask, canvas), 2, { x: 100, y: 50 }, mask, canvas);
  expect(zoomed).toEqual({ left: 25, top: 12.5, scale: 4 });
  expect(panViewport(zoomed, { x: 40, y: -20 }, mask, canvas)).toEqual({ left: 15, top: 17.5, scale: 4 });
  expect(panViewport(zoomed, { x: 1e4, y: -1e4 }, mask, canvas)).toEqual({ left: 0, top: 25, scale: 4 });
});

test("revealPosition() moves only when the position is out of sight", () => {
  const zoomed = zoomViewport(fitViewport(mask, canvas), 2, { x: 0, y: 0 }, mask, canvas);
  expect(revealPosition(zoomed, { x: 10, y: 10 }, mask, canvas)).toBe(zoomed);
  expect(revealPosition(zoomed, { x: 60, y: 10 }, mask, canvas)).toEqual({ left: 35, top: 0, scale: 4 });
});
