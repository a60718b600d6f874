import type { Region } from "./region";
import { REGION_RUN } from "./runs";

/** First and last column of each row of a 2-D raster, from its box's corner; empty rows have last < first. */
export interface ConvexSpans {
  readonly first: Int32Array;
  readonly last: Int32Array;
}

function spansOf({ runs, start, stop }: Region): ConvexSpans {
  const [[top, left], [bottom, right]] = [start, stop];
  const first = new Int32Array(bottom - top).fill(right - left);
  const last = new Int32Array(bottom - top).fill(-1);
  for (let at = 0; at < runs.length; at += REGION_RUN) {
    const row = runs[at + 1] - top;
    if (runs[at + 2] - left < first[row]) first[row] = runs[at + 2] - left;
    if (runs[at + 3] - left - 1 > last[row]) last[row] = runs[at + 3] - left - 1;
  }
  return { first, last };
}

/** Points with ascending y, in half pixels: 2y and 2x, alternating. */
type Chain = Int32Array;

/**
 * One side of the convex hull of a raster's pixels, each taken as the diamond of its edges' midpoints: where x is
 * smallest (side 1) or largest (side -1). Andrew's monotone chain, in whole numbers and so exact.
 */
function hullSide({ first, last }: ConvexSpans, side: 1 | -1): Chain {
  const ends = side === 1 ? first : last;
  const rows = ends.length;
  const chain = new Int32Array(4 * rows + 2);
  let used = 0;
  // Half row 2y is the pixels' middle; half row 2y + 1 the tip of those of row y, and of those of row y + 1.
  for (let y = -1; y < 2 * rows; y++) {
    const row = y >> 1;
    let x = Number.NaN;
    if ((y & 1) === 0) {
      if (last[row] >= first[row]) x = 2 * ends[row] - side;
    } else {
      for (let tip = Math.max(0, row); tip <= Math.min(rows - 1, row + 1); tip++) {
        if (last[tip] >= first[tip] && !(side * x <= side * 2 * ends[tip])) x = 2 * ends[tip];
      }
    }
    if (Number.isNaN(x)) continue;
    while (used >= 4) {
      const [y0, x0, y1, x1] = [chain[used - 4], chain[used - 3], chain[used - 2], chain[used - 1]];
      if (side * ((y1 - y0) * (x - x1) - (x1 - x0) * (y - y1)) > 0) break;
      used -= 2;
    }
    chain[used++] = y;
    chain[used++] = x;
  }
  return chain.subarray(0, used);
}

/** Whether a chain's columns at whole rows are rounded up (side 1) or down, into the hull; exact as N / D is. */
function columnsOf(chain: Chain, rows: number, side: 1 | -1): Int32Array {
  const columns = new Int32Array(rows);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    while (chain[at + 2] < 2 * row) at += 2;
    const [y0, x0, y1, x1] = [chain[at], chain[at + 1], chain[at + 2], chain[at + 3]];
    const column = (x0 * (y1 - y0) + (x1 - x0) * (2 * row - y0)) / (2 * (y1 - y0));
    columns[row] = side === 1 ? Math.ceil(column) : Math.floor(column);
  }
  return columns;
}

/**
 * The pixels in the convex hull of a 2-D region, those on its outline included (scikit-image's `image_convex`, which
 * takes pixels as diamonds: `offset_coordinates`).
 */
export function convexSpans(region: Region): ConvexSpans {
  const spans = spansOf(region);
  const rows = spans.first.length;
  return {
    first: columnsOf(hullSide(spans, 1), rows, 1),
    last: columnsOf(hullSide(spans, -1), rows, -1),
  };
}

/** Number of pixels of the convex hull. */
export function convexCount({ hull: { first, last } }: Region): number {
  let count = 0;
  for (let row = 0; row < first.length; row++) count += Math.max(0, last[row] - first[row] + 1);
  return count;
}

/** Largest distance between points of the convex image's outline, in units of the spacing (`feret_diameter_max`). */
export function feretDiameter({ hull, measured }: Region): number {
  const [sy, sx] = measured.spacing;
  const [left, right] = [hullSide(hull, 1), hullSide(hull, -1)];
  const outline = new Int32Array(left.length + right.length);
  outline.set(left);
  outline.set(right, left.length);
  let largest = 0;
  for (let i = 0; i < outline.length; i += 2) {
    for (let j = 0; j < i; j += 2) {
      const dy = (outline[i] - outline[j]) * sy;
      const dx = (outline[i + 1] - outline[j + 1]) * sx;
      largest = Math.max(largest, dy * dy + dx * dx);
    }
  }
  return Math.sqrt(largest) / 2;
}
