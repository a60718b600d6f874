import { type ColorScale, viridis } from "@bioengine/mime";
import type { Shape } from "../chart/scene";
import { scenePicture } from "../chart/scenepicture";
import { clip } from "../clip";
import type { Picture } from "../image/picture";
import { numberText } from "../numbertext";

const height = 56;
const margin = 8;
const barTop = 24;
const barBottom = 34;
const size = 12;

/**
 * The legend of a colour scale.
 *
 * @param title what the colours stand for, with its unit
 */
export function colorBar({ low, high, isClipped }: ColorScale, title: string, width: number): Picture {
  const ends = { size, ink: "text", kind: "text" } as const;
  const baseline = barBottom + 15;
  // A letter takes about half its size.
  const heading = clip(title, Math.floor((2 * (width - 2 * margin)) / size));
  const lowText = (isClipped.low ? "≤ " : "") + numberText(low);
  const highText = (isClipped.high ? "≥ " : "") + numberText(high);
  const shapes: Shape[] = [
    { ...ends, at: [width / 2, 16], text: heading, anchor: "middle" },
    { ...ends, at: [margin, baseline], text: lowText, anchor: "start" },
    { ...ends, at: [width - margin, baseline], text: highText, anchor: "end" },
  ];
  const bar = scenePicture({ width, height, shapes }, 1);
  for (let x = margin; x < width - margin; x++) {
    const color = viridis((x - margin) / (width - 2 * margin - 1));
    for (let y = barTop; y < barBottom; y++) bar.pixels.set(color, 3 * (y * width + x));
  }
  return bar;
}
