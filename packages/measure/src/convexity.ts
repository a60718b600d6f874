import type { Region } from "./region";
import { REGION_RUN } from "./runs";

/**
 * First column and column after the last of each row of a raster, from its box's corner, planes after one another;
 * empty rows have none: the one is not before the other.
 */
export type ConvexSpans = Int32Array;

function spansOf({ runs, begin, end, start, stop }: Region): ConvexSpans {
  const [top, left] = start;
  const spans = new Int32Array(2 * (stop[0] - top));
  for (let row = 0; row < spans.length; row += 2) spans[row] = NONE;
  for (let at = begin; at < end; at += REGION_RUN) {
    const row = 2 * (runs[at + 1] - top);
    const first = runs[at + 2] - left;
    if (first < spans[row]) spans[row] = first;
    spans[row + 1] = runs[at + 3] - left;
  }
  return spans;
}

const NONE = 0x3fffffff;
const LEFT = 1;
const RIGHT = -1;

/**
 * One side of the convex hull of a raster's pixels, each taken as the diamond of its edges' midpoints, as points with
 * ascending y: 2y and 2x · side, alternating. Andrew's monotone chain, in whole numbers and so exact.
 *
 * @param side LEFT or RIGHT, whose columns are negated, so that the smallest is outermost on both
 * @param chain where the points are written, from `from` on
 * @returns where they end
 */
function hullSide(spans: ConvexSpans, side: number, chain: Int32Array, from: number): number {
  let used = from;
  let above = NONE;
  // Half row 2y is the pixels' middle; half row 2y - 1 the tip of those of row y, and of those of row y - 1.
  for (let row = 0; row <= spans.length; row += 2) {
    let own = NONE;
    if (row < spans.length && spans[row] < spans[row + 1]) {
      own = side === LEFT ? 2 * spans[row] : 2 - 2 * spans[row + 1];
    }
    const tip = own < above ? own : above;
    if (tip !== NONE) used = addPoint(chain, from, used, row - 1, tip);
    if (own !== NONE) used = addPoint(chain, from, used, row, own - 1);
    above = own;
  }
  return used;
}

/** Add a point behind those that stay on the hull with it. */
function addPoint(chain: Int32Array, from: number, used: number, y: number, x: number): number {
  let end = used;
  while (end >= from + 4) {
    const y0 = chain[end - 4];
    const x0 = chain[end - 3];
    if ((chain[end - 2] - y0) * (x - x0) - (chain[end - 1] - x0) * (y - y0) > 0) break;
    end -= 2;
  }
  chain[end] = y;
  chain[end + 1] = x;
  return end + 2;
}

/** Set the columns of one side of the spans to those at whole rows of a chain; exact as N / D is. */
function setColumns(spans: ConvexSpans, chain: Int32Array, side: number): void {
  let at = 0;
  for (let row = 0; row < spans.length; row += 2) {
    while (chain[at + 2] < row) at += 2;
    const y0 = chain[at];
    const x0 = chain[at + 1];
    const height = chain[at + 2] - y0;
    const column = Math.ceil((x0 * height + (chain[at + 3] - x0) * (row - y0)) / (2 * height));
    if (side === LEFT) spans[row] = column;
    else spans[row + 1] = 1 - column;
  }
}

/**
 * The pixels in the convex hull of a 2-D region, those on its outline included (scikit-image's `image_convex`, which
 * takes pixels as diamonds: `offset_coordinates`).
 */
export function convexSpans(region: Region): ConvexSpans {
  const raster = spansOf(region);
  const spans = new Int32Array(raster.length);
  const chain = region.measured.scratch.integers(2 * raster.length + 2);
  for (const side of [LEFT, RIGHT]) {
    hullSide(raster, side, chain, 0);
    setColumns(spans, chain, side);
  }
  return spans;
}

/** Number of pixels of the convex hull. */
export function convexCount({ hull }: Region): number {
  let count = 0;
  for (let row = 0; row < hull.length; row += 2) {
    if (hull[row + 1] > hull[row]) count += hull[row + 1] - hull[row];
  }
  return count;
}

/**
 * Largest distance between points of the convex image's outline, in units of the spacing (`feret_diameter_max`). Of
 * the two farthest one is on each side.
 */
export function feretDiameter({ hull, measured }: Region): number {
  const [sy, sx] = measured.spacing;
  const outline = measured.scratch.integers(4 * hull.length + 4);
  const middle = hullSide(hull, LEFT, outline, 0);
  const end = hullSide(hull, RIGHT, outline, middle);
  let largest = 0;
  for (let i = 0; i < middle; i += 2) {
    for (let j = middle; j < end; j += 2) {
      const dy = (outline[i] - outline[j]) * sy;
      const dx = (outline[i + 1] + outline[j + 1]) * sx;
      const squared = dy * dy + dx * dx;
      if (squared > largest) largest = squared;
    }
  }
  return Math.sqrt(largest) / 2;
}
