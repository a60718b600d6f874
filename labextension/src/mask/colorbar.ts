import { type ColorScale, viridis } from "@bioengine/mime";
import { shortNumber } from "../shortnumber";
import type { Size } from "../viewport";
import { MARK_GROUND, type Mark, markText, markWidth } from "./mark";

const LEAST_WIDTH = 176;
const HEIGHT = 52;
const MARGIN = 10;
const PADDING = 8;
const STEPS = 40;

/**
 * The legend of a colour scale, in the canvas's bottom right corner.
 *
 * @param title what the colours stand for, with its unit
 */
export function colorBar(scale: ColorScale, title: string, canvas: Size): Mark[] {
  const text = markText(title);
  const width = Math.max(LEAST_WIDTH, markWidth(text) + 2 * PADDING);
  const left = canvas.width - MARGIN - width;
  const top = canvas.height - MARGIN - HEIGHT;
  const barWidth = width - 2 * PADDING;
  const step = barWidth / STEPS;
  const gradient = Array.from({ length: STEPS }, (_, position): Mark => {
    const x = left + PADDING + position * step;
    const fill = `rgb(${viridis(position / (STEPS - 1)).join(" ")})`;
    return { x, y: top + 21, width: step + (position < STEPS - 1 ? 0.5 : 0), height: 10, fill };
  });
  const { low, high, isClipped } = scale;
  const y = top + 42;
  return [
    { x: left, y: top, width, height: HEIGHT, fill: MARK_GROUND },
    { x: left + width / 2, y: top + 11, text, align: "center" },
    ...gradient,
    { x: left + PADDING, y, text: (isClipped.low ? "≤ " : "") + shortNumber(low), align: "left" },
    {
      x: left + width - PADDING,
      y,
      text: (isClipped.high ? "≥ " : "") + shortNumber(high),
      align: "right",
    },
  ];
}
