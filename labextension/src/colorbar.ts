import { type ColorScale, viridis } from "./colorscale";
import { MARK_GROUND, type Mark } from "./mark";
import { shortNumber } from "./shortnumber";
import type { Size } from "./viewport";

const WIDTH = 176;
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
  const left = canvas.width - MARGIN - WIDTH;
  const top = canvas.height - MARGIN - HEIGHT;
  const barWidth = WIDTH - 2 * PADDING;
  const step = barWidth / STEPS;
  const gradient = Array.from({ length: STEPS }, (_, position): Mark => {
    const x = left + PADDING + position * step;
    const fill = `rgb(${viridis(position / (STEPS - 1)).join(" ")})`;
    return { x, y: top + 21, width: step + (position < STEPS - 1 ? 0.5 : 0), height: 10, fill };
  });
  const { low, high, isClipped } = scale;
  const y = top + 42;
  return [
    { x: left, y: top, width: WIDTH, height: HEIGHT, fill: MARK_GROUND },
    { x: left + WIDTH / 2, y: top + 11, text: title, align: "center" },
    ...gradient,
    { x: left + PADDING, y, text: (isClipped.low ? "≤ " : "") + shortNumber(low), align: "left" },
    {
      x: left + WIDTH - PADDING,
      y,
      text: (isClipped.high ? "≥ " : "") + shortNumber(high),
      align: "right",
    },
  ];
}
