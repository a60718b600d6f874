import { trans } from "../translation";
import { positionOn, valueAt } from "./axis";
import { binOf, binRecords } from "./bins";
import { axesIn, type Box, type Plot, paintAxes } from "./plot";

/**
 * A histogram of a column.
 *
 * @param values of the column, by record; not modified
 * @param records those that are shown
 * @param title of the column
 * @returns `null` if no record has a finite value
 */
export function histogramPlot(values: Float64Array, records: Uint32Array, title: string): Plot | null {
  const bins = binRecords(values, records);
  if (!bins) return null;
  const { low, width, counts } = bins;
  const last = counts.length - 1;
  const highest = Math.max(...counts);
  const axes = (frame: Box) => axesIn(frame, [low, low + counts.length * width], [0, highest * 1.05]);
  const between = (first: number, end: number) =>
    [...records].filter((record) => {
      const bin = binOf(bins, values[record]);
      return bin >= first && bin <= end;
    });
  let anchor = -1;
  let cursor = -1;

  return {
    description: trans.__(
      "Histogram of %1. Left and right arrow keys select bars, with Shift several.",
      title,
    ),
    paint(sheet, selected) {
      const { pen, frame, theme } = sheet;
      const { x, y } = axes(frame);
      paintAxes(sheet, { x, y }, { x: title, y: trans.__("rows") });
      const paintBars = (heights: Uint32Array, color: string) => {
        pen.fillStyle = color;
        heights.forEach((height, bin) => {
          if (height === 0) return;
          const left = positionOn(x, low + bin * width);
          const right = positionOn(x, low + (bin + 1) * width);
          const top = Math.min(positionOn(y, height), frame.bottom - 1);
          pen.fillRect(left + 0.5, top, Math.max(right - left - 1, 1), frame.bottom - top);
        });
      };
      paintBars(counts, selected ? theme.unselected : theme.plain);
      if (!selected) return;
      const chosen = new Uint32Array(counts.length);
      for (const record of records) {
        const bin = selected[record] ? binOf(bins, values[record]) : -1;
        if (bin >= 0) chosen[bin]++;
      }
      paintBars(chosen, theme.selected);
    },
    brushed: ({ left, right }, { top, bottom }) => ({ left, right, top, bottom }),
    recordsIn(part, frame) {
      const { x } = axes(frame);
      const from = valueAt(x, part.left);
      const to = valueAt(x, part.right);
      if (from === to) {
        const bin = binOf(bins, from);
        return bin < 0 || bin > last ? [] : between(bin, bin);
      }
      return [...records].filter((record) => values[record] >= from && values[record] <= to);
    },
    step(direction, extend) {
      if (cursor < 0) cursor = direction > 0 ? 0 : last;
      else cursor = Math.min(Math.max(cursor + direction, 0), last);
      // Bars without rows have nothing to select.
      while (counts[cursor] === 0 && cursor > 0 && cursor < last) cursor += direction;
      if (!extend || anchor < 0) anchor = cursor;
      return between(Math.min(anchor, cursor), Math.max(anchor, cursor));
    },
  };
}
