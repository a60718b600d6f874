import { type BorderMode, borderIndices, solidShape } from "../border";
import type { Window } from "../footprint";
import type { Numbers } from "../image";
import { strideOf } from "../rowstride";
import { bringStrip, columnsOf } from "../strip";
import { boundsOf, type Extreme, type RowExtremes, rowExtremes } from "./rowextremes";

/** Neighbouring pixels of a row, the first of which is at `x` from its middle. */
interface Span {
  readonly x: number;
  readonly length: number;
}

/** A window by the spans of its rows, of which many are alike. */
interface Spans {
  readonly spans: readonly Span[];
  /** Its rows, and which span each has. */
  readonly rows: readonly { readonly z: number; readonly y: number; readonly span: number }[];
}

function spansOf({ runs }: Window): Spans {
  const spans: Span[] = [];
  const rows = runs.map(({ z, y, x, length }) => {
    const known = spans.findIndex((span) => span.x === x && span.length === length);
    return { z, y, span: known < 0 ? spans.push({ x, length }) - 1 : known };
  });
  return { spans, rows };
}

/**
 * Set rows to the extremes of spans around each pixel of a row, by doubling: of 2, 4, 8 … values from each one on, of
 * which two together are any span's.
 *
 * @param row with its margin; behind it there is room for more such rows
 */
function takeSpans(
  { setRow, take }: RowExtremes,
  row: number,
  margin: number,
  stride: number,
  count: number,
  spans: readonly Span[],
  placeOf: (span: number) => number,
): void {
  const most = Math.max(...spans.map(({ length }) => length));
  for (let covered = 2, level = row; covered <= most; covered *= 2, level += stride) {
    setRow(0, level);
    setRow(1, level + covered / 2);
    take(level + stride, count + 2 * margin - covered + 1, 2);
  }
  for (const [index, { x, length }] of spans.entries()) {
    const level = Math.floor(Math.log2(length));
    const first = row + level * stride + margin + x;
    setRow(0, first);
    setRow(1, first + length - 2 ** level);
    take(placeOf(index), count, 2);
  }
}

// So many bytes stay in a processor's cache.
const CACHE = 1 << 18;

/**
 * The least or largest value under a window at each pixel (SciPy's `minimum_filter`, `maximum_filter`): the extremes of
 * its rows' spans, which are found once for each row of the image.
 *
 * @returns new values; NaN is never taken
 */
export function extremeFilter<N extends Numbers>(
  data: N,
  shape: readonly number[],
  window: Window,
  extreme: Extreme,
  mode: BorderMode,
  cval: number,
): N {
  const [depth, height, width] = solidShape(shape);
  const [deep, high, wide] = window.radii;
  const { low, high: top } = boundsOf(data);
  const outside = Math.max(low, Math.min(top, cval));
  const { spans, rows } = spansOf(window);
  const columns = columnsOf(width, wide, 1, { mode, cval });
  const lines = borderIndices(height, high, high, mode);
  const layers = borderIndices(depth, deep, deep, mode);
  const [keptLayers, keptLines] = [2 * deep + 1, 2 * high + 1];
  const kept = keptLayers * keptLines * spans.length;
  const across = Math.min(width, Math.max(4 * wide, 64, Math.floor(CACHE / data.BYTES_PER_ELEMENT / kept)));
  const stride = strideOf(across + 2 * wide, data.BYTES_PER_ELEMENT);
  const levels = Math.floor(Math.log2(2 * wide + 1)) + 1;
  const room = rowExtremes(data, extreme, (kept + levels + 1) * stride, rows.length + 2);
  const { values, setRow, take } = room;
  const row = kept * stride;
  const found = row + levels * stride;
  const place = (layer: number, line: number, span: number) =>
    ((layer * keptLines + (line % keptLines)) * spans.length + span) * stride;
  const result = data.slice() as N;
  for (let z = 0; z < depth; z++) {
    for (let start = 0; start < width; start += across) {
      const strip = { start, end: Math.min(width, start + across) };
      const count = strip.end - start;
      const bring = (line: number) => {
        for (let layer = 0; layer < keptLayers; layer++) {
          const plane = layers[z + layer];
          const isOutside = plane < 0 || lines[line] < 0;
          const from = isOutside ? -1 : (plane * height + lines[line]) * width;
          bringStrip(values, row, data, from, strip, columns, outside);
          takeSpans(room, row, wide, stride, count, spans, (span) => place(layer, line, span));
        }
      };
      for (let line = 0; line < 2 * high; line++) bring(line);
      for (let y = 0; y < height; y++) {
        bring(y + 2 * high);
        for (const [index, one] of rows.entries())
          setRow(index, place(deep + one.z, y + high + one.y, one.span));
        take(found, count, rows.length);
        result.set(values.subarray(found, found + count), (z * height + y) * width + start);
      }
    }
  }
  return result;
}
