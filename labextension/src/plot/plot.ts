import type { PlotTheme } from "../theme";
import type { Size } from "../viewport";
import { type Axis, positionOn, ticksBetween, tickText } from "./axis";

/** A rectangle in the CSS pixels of a plot. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where a plot is drawn, and with what. */
export interface PlotSheet {
  readonly pen: CanvasRenderingContext2D;
  readonly frame: Box;
  readonly theme: PlotTheme;
}

/** A plot of some records of a table, in which a person can select them. */
export interface Plot {
  /** What it shows, for screen readers. */
  readonly description: string;
  /** @param selected 1 for each selected record; `null` if there is none */
  paint(sheet: PlotSheet, selected: Uint8Array | null): void;
  /** The part of the plot that a brush over another part of it takes. */
  brushed(part: Box, frame: Box): Box;
  /** The records in a part of the plot; of a part without area what is at that point. */
  recordsIn(part: Box, frame: Box): number[];
  /**
   * The records of the next place (1) or the one before (-1), for people at the keyboard.
   *
   * @param extend with those of the places since the last step that did not extend
   */
  step(direction: 1 | -1, extend: boolean): number[];
}

const LEFT = 46;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 36;
const TICK_DISTANCE = { x: 70, y: 40 };

/** The part of a plot inside of its axes. */
export function plotFrame({ width, height }: Size): Box {
  return { left: LEFT, top: TOP, right: width - RIGHT, bottom: height - BOTTOM };
}

/** The axes of a range of x and of y in a frame. */
export function axesIn(
  frame: Box,
  x: readonly [low: number, high: number],
  y: readonly [low: number, high: number],
): { readonly x: Axis; readonly y: Axis } {
  return {
    x: { low: x[0], high: x[1], start: frame.left, end: frame.right },
    y: { low: y[0], high: y[1], start: frame.bottom, end: frame.top },
  };
}

/** Draw ticks, numbers and titles: call it first, the grid lines lie below the data. */
export function paintAxes(
  { pen, frame, theme }: PlotSheet,
  axes: ReturnType<typeof axesIn>,
  titles: { readonly x: string; readonly y: string },
): void {
  const { left, top, right, bottom } = frame;
  pen.font = theme.font;
  pen.lineWidth = 1;
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  for (const tick of ticksBetween(axes.y.low, axes.y.high, (bottom - top) / TICK_DISTANCE.y)) {
    const y = Math.round(positionOn(axes.y, tick)) + 0.5;
    pen.strokeStyle = theme.grid;
    line(pen, left, y, right, y);
    pen.fillStyle = theme.text;
    pen.fillText(tickText(tick), left - 6, y);
  }
  pen.textAlign = "center";
  pen.textBaseline = "top";
  pen.strokeStyle = theme.axis;
  for (const tick of ticksBetween(axes.x.low, axes.x.high, (right - left) / TICK_DISTANCE.x)) {
    const x = Math.round(positionOn(axes.x, tick)) + 0.5;
    line(pen, x, bottom, x, bottom + 4);
    pen.fillText(tickText(tick), x, bottom + 6);
  }
  line(pen, left, bottom + 0.5, right, bottom + 0.5);
  pen.fillText(titles.x, (left + right) / 2, bottom + 21);
  pen.save();
  pen.translate(3, (top + bottom) / 2);
  pen.rotate(-Math.PI / 2);
  pen.fillText(titles.y, 0, 0);
  pen.restore();
}

function line(pen: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x2, y2);
  pen.stroke();
}
