import { type Border, borderIndices } from "../border";
import type { Floats, Scaled } from "../image";
import { strideOf } from "../rowstride";
import { bringStrip, columnsOf } from "../strip";
import { CACHE, rowSums } from "./rowsums";
import { reachOf, type Tap } from "./taps";

/** How rows are filtered: first down the columns of each plane, then along the rows. */
export interface RowFilter {
  /** `[plane, row, column]` */
  readonly shape: readonly [number, number, number];
  readonly down: readonly Tap[];
  readonly along: readonly Tap[];
  /** Columns from a pixel to its neighbour along the row. */
  readonly step: number;
}

/**
 * Filter rows strip by strip, so that those which are summed stay in the cache.
 *
 * @param target of the source's length, not its memory
 */
export function filterRows(
  source: Scaled["values"],
  target: Floats,
  { shape: [planes, rows, width], down, along, step }: RowFilter,
  border: Border,
): void {
  const high = reachOf(down);
  const columns = columnsOf(width, reachOf(along), step, border);
  const { margin } = columns;
  const lines = borderIndices(rows, high, high, border.mode);
  const kept = 2 * high + 1;
  const across = Math.min(width, Math.max(4 * margin, Math.floor(CACHE / kept)));
  const stride = strideOf(across + 2 * margin, 8);
  // As SciPy does, which keeps what is filtered along one axis in the image's precision.
  const precision = target instanceof Float32Array ? "float32" : "float64";
  const { values, setTerm, sum } = rowSums(
    (kept + 2) * stride,
    Math.max(down.length, along.length),
    precision,
  );
  const [between, result] = [kept * stride, (kept + 1) * stride];
  const place = (line: number) => (line % kept) * stride;
  for (let plane = 0; plane < planes; plane++) {
    for (let start = 0; start < width; start += across) {
      const strip = { start, end: Math.min(width, start + across) };
      const count = strip.end - start;
      const bring = (line: number) => {
        const row = lines[line] < 0 ? -1 : (plane * rows + lines[line]) * width;
        bringStrip(values, place(line), source, row, strip, columns, border.cval);
      };
      for (let line = 0; line < 2 * high; line++) bring(line);
      for (let y = 0; y < rows; y++) {
        bring(y + 2 * high);
        for (const [index, { first, second, weight }] of down.entries())
          setTerm(index, place(y + high + first), place(y + high + second), weight);
        sum(between, count + 2 * margin, down.length);
        const middle = between + margin;
        for (const [index, { first, second, weight }] of along.entries())
          setTerm(index, middle + first * step, middle + second * step, weight);
        sum(result, count, along.length);
        target.set(values.subarray(result, result + count), (plane * rows + y) * width + start);
      }
    }
  }
}
