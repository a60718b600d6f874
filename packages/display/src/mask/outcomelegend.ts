import { MATCH_COLORS } from "@bioengine/mime";
import type { Shape } from "../chart/scene";
import { scenePicture } from "../chart/scenepicture";
import type { Picture } from "../image/picture";

/** How many objects of two masks turned out how. */
export type OutcomeCounts = Readonly<Record<keyof typeof MATCH_COLORS, number>>;

const size = 12;
// A letter takes about half its size.
const letter = size / 2;
const margin = 8;
const swatch = 10;
const textStart = 16;
const gap = 12;
const line = 20;

/** What the colours of a comparison mean, in as many lines as it takes. */
export function outcomeLegend(counts: OutcomeCounts, width: number): Picture {
  const shapes: Shape[] = [];
  const swatches: { x: number; y: number; color: readonly number[] }[] = [];
  let [x, y] = [margin, margin];
  for (const outcome of Object.keys(MATCH_COLORS) as (keyof OutcomeCounts)[]) {
    const text = `${outcome} ${counts[outcome]}`;
    const end = x + textStart + letter * text.length;
    if (x > margin && end > width - margin) [x, y] = [margin, y + line];
    swatches.push({ x, y, color: MATCH_COLORS[outcome] });
    shapes.push({ kind: "text", at: [x + textStart, y + swatch], text, size, anchor: "start", ink: "text" });
    x += textStart + letter * text.length + gap;
  }
  const legend = scenePicture({ width, height: y + line, shapes }, 1);
  for (const { x: left, y: top, color } of swatches) {
    for (let row = top; row < top + swatch; row++) {
      for (let column = left; column < left + swatch; column++) {
        legend.pixels.set(color, 3 * (row * width + column));
      }
    }
  }
  return legend;
}
