import { type Border, borderIndices } from "./border";
import type { Numbers } from "./image";

/** An image's columns with those beyond its edge: for each the one that stands for it, or -1 for the constant. */
export interface Columns {
  readonly indices: Int32Array;
  /** Columns beyond on either side. */
  readonly margin: number;
}

/** The columns of pixels that lie `step` apart, with `reach` pixels beyond the edge. */
export function columnsOf(width: number, reach: number, step: number, { mode }: Border): Columns {
  const pixels = borderIndices(width / step, reach, reach, mode);
  const indices = Int32Array.from({ length: pixels.length * step }, (_, column) => {
    const pixel = pixels[Math.floor(column / step)];
    return pixel < 0 ? -1 : pixel * step + (column % step);
  });
  return { indices, margin: reach * step };
}

/** Some of an image's columns. */
export interface Strip {
  readonly start: number;
  readonly end: number;
}

/** Bring a strip of the row that begins at `row`, with the margins on both sides, to `at`; -1 is a row beyond the edge. */
export function bringStrip(
  target: Numbers,
  at: number,
  source: Numbers,
  row: number,
  { start, end }: Strip,
  { indices, margin }: Columns,
  cval: number,
): void {
  if (row < 0) {
    target.fill(cval, at, at + end - start + 2 * margin);
    return;
  }
  const width = indices.length - 2 * margin;
  const [first, last] = [Math.max(0, start - margin), Math.min(width, end + margin)];
  const shift = at + margin - start;
  target.set(source.subarray(row + first, row + last), shift + first);
  const bringBeyond = (from: number, to: number) => {
    for (let x = from; x < to; x++) {
      const column = indices[margin + x];
      target[shift + x] = column < 0 ? cval : source[row + column];
    }
  };
  bringBeyond(start - margin, first);
  bringBeyond(last, end + margin);
}
