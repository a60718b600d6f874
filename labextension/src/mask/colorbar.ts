import { type ColorScale, viridis } from "@bioengine/mime";
import { shortNumber } from "../shortnumber";
import type { Legend } from "./legend";
import { type Mark, markText, markWidth } from "./mark";

const WIDEST_BAR = 240;
const HEIGHT = 44;
const GAP = 8;
const STEPS = 80;

/**
 * The legend of a colour scale: its title, and below the lowest number, the colours and the highest.
 *
 * @param title what the colours stand for, with its unit
 * @param width of the picture in CSS pixels
 */
export function colorBar({ low, high, isClipped }: ColorScale, title: string, width: number): Legend {
  const lowest = (isClipped.low ? "≤ " : "") + shortNumber(low);
  const highest = (isClipped.high ? "≥ " : "") + shortNumber(high);
  const left = markWidth(lowest) + GAP;
  const room = Math.min(WIDEST_BAR, width - left - GAP - markWidth(highest));
  // Of whole pixels, so that no light comes through between two of them.
  const step = Math.max(1, Math.floor(room / STEPS));
  const barWidth = STEPS * step;
  const y = 31;
  const gradient = Array.from({ length: STEPS }, (_, position): Mark => {
    const fill = `rgb(${viridis(position / (STEPS - 1)).join(" ")})`;
    return { x: left + position * step, y: y - 5, width: step, height: 10, fill };
  });
  return {
    height: HEIGHT,
    marks: [
      { x: left + barWidth / 2, y: 14, text: markText(title), align: "center" },
      { x: left - GAP, y, text: lowest, align: "right" },
      ...gradient,
      { x: left + barWidth + GAP, y, text: highest, align: "left" },
    ],
  };
}
