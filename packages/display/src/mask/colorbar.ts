import { type ColorScale, viridis } from "@bioengine/mime";
import type { Shape } from "../chart/scene";
import { scenePicture } from "../chart/scenepicture";
import { clip } from "../clip";
import type { Picture } from "../image/picture";
import { numberText } from "../numbertext";

const leastWidth = 176;
const height = 56;
const margin = 8;
const barTop = 24;
const barBottom = 34;
const size = 12;

/**
 * Put the legend of a colour scale under a picture, where it hides nothing; a narrow picture gets white beside it.
 *
 * @param title what the colours stand for, with its unit
 */
export function withColorBar(picture: Picture, scale: ColorScale, title: string): Picture {
  const width = Math.max(leastWidth, picture.width);
  const bar = colorBar(scale, title, width);
  const pixels = new Uint8Array(3 * width * (picture.height + height)).fill(255);
  const row = 3 * picture.width;
  for (let y = 0; y < picture.height; y++) {
    pixels.set(picture.pixels.subarray(y * row, (y + 1) * row), 3 * y * width);
  }
  pixels.set(bar.pixels, 3 * width * picture.height);
  return { width, height: picture.height + height, channels: 3, pixels };
}

function colorBar({ low, high, isClipped }: ColorScale, title: string, width: number): Picture {
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
