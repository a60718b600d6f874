import { trans } from "../translation";
import { positionOn } from "./axis";
import { axesIn, type Box, type Plot, paintAxes } from "./plot";

const REACH = 8;
const MARGIN = 0.04;
const MANY = 5000;

/** The values and the title of one axis. */
export interface ScatterColumn {
  /** By record; not modified. */
  readonly values: Float64Array;
  readonly title: string;
}

/**
 * A scatter plot of two columns.
 *
 * @param records those that are shown
 * @returns `null` if no record has finite values in both
 */
export function scatterPlot(x: ScatterColumn, y: ScatterColumn, records: Uint32Array): Plot | null {
  const points = records.filter(
    (record) => Number.isFinite(x.values[record]) && Number.isFinite(y.values[record]),
  );
  if (points.length === 0) return null;
  const ranges = [x, y].map(({ values }) => paddedRange(values, points));
  const axes = (frame: Box) => axesIn(frame, ranges[0], ranges[1]);
  const size = points.length > MANY ? 2 : 5;
  let alongX: Uint32Array | null = null;
  let anchor = -1;
  let cursor = -1;

  return {
    description: trans.__(
      "Scatter plot of %1 against %2. Left and right arrow keys select points, with Shift several.",
      y.title,
      x.title,
    ),
    paint(sheet, selected) {
      const { pen, frame, theme } = sheet;
      const { x: across, y: up } = axes(frame);
      paintAxes(sheet, { x: across, y: up }, { x: x.title, y: y.title });
      const paintPoints = (color: string, isWanted: (record: number) => boolean) => {
        pen.fillStyle = color;
        for (const record of points) {
          if (!isWanted(record)) continue;
          const left = positionOn(across, x.values[record]);
          const top = positionOn(up, y.values[record]);
          if (size < 3) {
            pen.fillRect(left - size / 2, top - size / 2, size, size);
            continue;
          }
          pen.beginPath();
          pen.arc(left, top, size / 2, 0, 2 * Math.PI);
          pen.fill();
        }
      };
      if (!selected) paintPoints(theme.plain, () => true);
      else {
        paintPoints(theme.unselected, (record) => selected[record] === 0);
        paintPoints(theme.selected, (record) => selected[record] === 1);
      }
    },
    brushed: (part) => part,
    recordsIn(part, frame) {
      const { x: across, y: up } = axes(frame);
      const distance = (record: number) =>
        Math.hypot(
          positionOn(across, x.values[record]) - part.left,
          positionOn(up, y.values[record]) - part.top,
        );
      if (part.left === part.right && part.top === part.bottom) {
        const nearest = points.reduce((best, record) => (distance(record) < distance(best) ? record : best));
        return distance(nearest) <= REACH ? [nearest] : [];
      }
      return [...points].filter((record) => {
        const left = positionOn(across, x.values[record]);
        const top = positionOn(up, y.values[record]);
        return left >= part.left && left <= part.right && top >= part.top && top <= part.bottom;
      });
    },
    step(direction, extend) {
      alongX ??= points.slice().sort((a, b) => x.values[a] - x.values[b] || a - b);
      const last = alongX.length - 1;
      if (cursor < 0) cursor = direction > 0 ? 0 : last;
      else cursor = Math.min(Math.max(cursor + direction, 0), last);
      if (!extend || anchor < 0) anchor = cursor;
      return [...alongX.subarray(Math.min(anchor, cursor), Math.max(anchor, cursor) + 1)];
    },
  };
}

/** The range of some values, and a little more, so that no point lies on the edge. */
function paddedRange(values: Float64Array, records: Uint32Array): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const record of records) {
    low = Math.min(low, values[record]);
    high = Math.max(high, values[record]);
  }
  const margin = (high - low) * MARGIN || Math.abs(high) * MARGIN || 1;
  return [low - margin, high + margin];
}
