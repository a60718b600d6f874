import type { Region } from "./region";
import { REGION_RUN } from "./regionruns";
import type { Scratch } from "./scratch";

/**
 * First column and column after the last of each row of a raster, from its box's corner, planes after one another;
 * empty rows have none: the one is not before the other.
 */
export type ConvexSpans = Int32Array;

function spansOf({ runs, begin, end, start, stop, measured }: Region): ConvexSpans {
  const [top, left] = start;
  const length = 2 * (stop[0] - top);
  const spans = measured.scratch.integers("raster", length).subarray(0, length);
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
 * One side of the convex hull of the pixels' centres, by Andrew's monotone chain, in whole numbers and so exact: points
 * with ascending y, 2y and 2x · side alternating.
 *
 * @param side LEFT or RIGHT, whose columns are negated, so that the smallest is outermost on both
 * @param chain where the points are written
 * @returns where they end
 */
function hullOfCentres(spans: ConvexSpans, side: number, chain: Int32Array): number {
  let end = 0;
  for (let row = 0; row < spans.length; row += 2) {
    if (spans[row] >= spans[row + 1]) continue;
    const x = side === LEFT ? 2 * spans[row] : 2 - 2 * spans[row + 1];
    while (end >= 4) {
      const y0 = chain[end - 4];
      const x0 = chain[end - 3];
      if ((chain[end - 2] - y0) * (x - x0) - (chain[end - 1] - x0) * (row - y0) > 0) break;
      end -= 2;
    }
    chain[end++] = row;
    chain[end++] = x;
  }
  return end;
}

/**
 * One side of the convex hull of a raster's pixels, each taken as the diamond of its edges' midpoints: the hull of the
 * centres, moved outwards by the corner of the diamond that is outermost for each of its edges.
 *
 * @param outline where the points are written, from `from` on, as `hullOfCentres` does
 * @returns where they end
 */
function hullSide(
  spans: ConvexSpans,
  side: number,
  scratch: Scratch,
  outline: Int32Array,
  from: number,
): number {
  const chain = scratch.integers("chain", spans.length);
  const end = hullOfCentres(spans, side, chain);
  let used = from;
  // The diamond's upper corner is -1, the one to the side 0, the lower one 1.
  let corner = -1;
  for (let at = 0; at < end; at += 2) {
    let next = 1;
    if (at + 2 < end) {
      const dy = chain[at + 2] - chain[at];
      const dx = chain[at + 3] - chain[at + 1];
      next = dx > dy ? 1 : dx < -dy ? -1 : 0;
    }
    while (true) {
      outline[used++] = chain[at] + corner;
      outline[used++] = corner === 0 ? chain[at + 1] - 1 : chain[at + 1];
      if (corner === next) break;
      corner++;
    }
  }
  return used;
}

/** The corners of the hull of a raster's pixel centres, as 2y and 2x; those of the first and the last row twice. */
export function planeHull(spans: ConvexSpans): [y: number, x: number][] {
  const chain = new Int32Array(spans.length);
  return [LEFT, RIGHT].flatMap((side) => {
    const end = hullOfCentres(spans, side, chain);
    return Array.from({ length: end / 2 }, (_, point): [number, number] => [
      chain[2 * point],
      side * chain[2 * point + 1],
    ]);
  });
}

/** Set the columns of one side of the spans to an outline's at whole rows, rounded into the hull; exact as N / D is. */
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
  const { scratch } = region.measured;
  const raster = spansOf(region);
  const spans = scratch.integers("hull", raster.length).subarray(0, raster.length);
  const outline = scratch.integers("outline", raster.length + 4);
  for (const side of [LEFT, RIGHT]) {
    hullSide(raster, side, scratch, outline, 0);
    setColumns(spans, outline, side);
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
  const { scratch } = measured;
  const outline = scratch.integers("outline", 2 * hull.length + 8);
  const middle = hullSide(hull, LEFT, scratch, outline, 0);
  const end = hullSide(hull, RIGHT, scratch, outline, middle);
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
