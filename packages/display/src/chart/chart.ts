import { clip } from "../clip";
import { numberText } from "../numbertext";
import type { Ink, Point, Shape } from "./scene";
import { ticks } from "./ticks";

/** A number on an axis, or what a place on it stands for. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** What a chart shows to one side, from its lowest to its highest value. */
export interface Axis {
  readonly label: string;
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly Tick[];
}

/** What a colour of a chart stands for. */
export interface Key {
  readonly text: string;
  readonly ink: Ink;
}

/** A chart without its values. */
export interface ChartFrame {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
  /** Where two values are, in pixels. */
  readonly at: (x: number, y: number) => Point;
}

const width = 480;
const plotHeight = 240;
const right = 18;
const below = 46;
/** A letter takes about half its size. */
const letterWidth = 6;
const keyHeight = 18;

const tick = (at: number): Tick => ({ at, text: numberText(at) });

/** An axis from one number to another, with some round ones. */
export function numberAxis(label: string, low: number, high: number): Axis {
  return { label, low, high, ticks: ticks(low, high, 6, false).map(tick) };
}

/** An axis with all numbers, and some room at its ends. */
export function roomyAxis(label: string, values: Float64Array): Axis {
  const [low, high] = values.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ] as [number, number]);
  if (low > high) return numberAxis(label, 0, 1);
  const room = low === high ? 0.5 * (Math.abs(low) || 1) : 0.05 * (high - low);
  return numberAxis(label, low - room, high + room);
}

/** An axis of counts, from 0 to a round one that is not below the largest. */
export function countAxis(label: string, most: number): Axis {
  const all = ticks(0, Math.max(1, most), 5, true);
  return { label, low: 0, high: all.at(-1)!, ticks: all.map(tick) };
}

/** An axis of names, each one wide. */
export function nameAxis(label: string, names: readonly string[]): Axis {
  const room = Math.floor((width - 80) / Math.max(1, names.length) / letterWidth);
  const at = names.map((name, index) => ({ at: index, text: clip(name, Math.max(3, room)) }));
  return { label, low: -0.5, high: names.length - 0.5, ticks: at };
}

/** Lay out the keys in lines. */
function keyShapes(keys: readonly Key[], left: number, top: number): { shapes: Shape[]; lines: number } {
  const shapes: Shape[] = [];
  let [x, line] = [left, 0];
  for (const { text, ink } of keys) {
    const shown = clip(text, Math.floor((width - right - left - 20) / letterWidth));
    const length = 20 + letterWidth * shown.length;
    if (x > left && x + length > width - right) [x, line] = [left, line + 1];
    const y = top + line * keyHeight;
    shapes.push(
      { kind: "dot", at: [x + 4, y - 4], radius: 4, ink },
      { kind: "text", at: [x + 13, y], text: shown, size: 11, anchor: "start", ink: "text" },
    );
    x += length + 10;
  }
  return { shapes, lines: keys.length > 0 ? line + 1 : 0 };
}

/** Draw a chart's title, keys, axes and grid; the y axis' name stands above it, where it reads without a turn. */
export function chartFrame(x: Axis, y: Axis, title: string | undefined, keys: readonly Key[]): ChartFrame {
  const left = 24 + letterWidth * Math.max(...y.ticks.map(({ text }) => text.length), 1);
  const text = { kind: "text", size: 11, ink: "quiet" } as const;
  const shapes: Shape[] = [];
  let top = 10;
  if (title) {
    top += 18;
    const shown = clip(title, Math.floor((width - 24) / 8));
    shapes.push({
      ...text,
      at: [12, top],
      text: shown,
      size: 14,
      anchor: "start",
      ink: "text",
      isBold: true,
    });
  }
  const { shapes: keyed, lines } = keyShapes(keys, 12, top + keyHeight);
  shapes.push(...keyed);
  top += lines * keyHeight + 18;
  const yLabel = clip(y.label, Math.floor((width - 24) / letterWidth));
  shapes.push({ ...text, at: [12, top], text: yLabel, size: 12, anchor: "start", ink: "text" });
  top += 14;

  const bottom = top + plotHeight;
  const at = (atX: number, atY: number): Point => [
    left + ((atX - x.low) / (x.high - x.low)) * (width - left - right),
    bottom - ((atY - y.low) / (y.high - y.low)) * plotHeight,
  ];
  for (const { at: value, text: number } of y.ticks) {
    const [, height] = at(x.low, value);
    const points: Point[] = [
      [left, height],
      [width - right, height],
    ];
    shapes.push({ kind: "line", points, width: 1, ink: value === y.low ? "axis" : "grid" });
    shapes.push({ ...text, at: [left - 8, height + 4], text: number, anchor: "end" });
  }
  for (const { at: value, text: number } of x.ticks) {
    const [place] = at(value, y.low);
    shapes.push({ ...text, at: [place, bottom + 17], text: number, anchor: "middle" });
  }
  const xLabel = clip(x.label, Math.floor((width - left) / letterWidth));
  const middle = (left + width - right) / 2;
  shapes.push({ ...text, at: [middle, bottom + 37], text: xLabel, size: 12, anchor: "middle", ink: "text" });
  return { width, height: bottom + below, shapes, at };
}
