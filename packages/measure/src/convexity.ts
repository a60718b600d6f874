import type { Region } from "./region";

/** First and last column, from the box's corner, of each row of a raster; empty rows have last < first. */
export interface Spans {
  readonly first: Int32Array;
  readonly last: Int32Array;
}

function spansOf(region: Region): Spans {
  const { width } = region.measured.labels;
  const [[top, left], [bottom, right]] = [region.start, region.stop];
  const first = new Int32Array(bottom - top).fill(right - left);
  const last = new Int32Array(bottom - top).fill(-1);
  for (const pixel of region.pixels) {
    const y = Math.floor(pixel / width);
    const [row, x] = [y - top, pixel - y * width - left];
    if (x < first[row]) first[row] = x;
    if (x > last[row]) last[row] = x;
  }
  return { first, last };
}

type Point = readonly [y: number, x: number];

const turn = (a: Point, b: Point, c: Point) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** One side of the hull of points with ascending y: where x is smallest (side 1) or largest (side -1). */
function chain(points: readonly Point[], side: 1 | -1): Point[] {
  const hull: Point[] = [];
  for (const point of points) {
    while (hull.length > 1 && side * turn(hull[hull.length - 2], hull[hull.length - 1], point) <= 0)
      hull.pop();
    hull.push(point);
  }
  return hull;
}

/** Extreme corners of the pixels' diamonds in half pixels, one for each half row. */
function diamonds({ first, last }: Spans, side: 1 | -1): Point[] {
  const extremes = new Map<number, number>();
  const add = (y: number, x: number) => {
    const known = extremes.get(y);
    if (known === undefined || side * x < side * known) extremes.set(y, x);
  };
  for (let row = 0; row < first.length; row++) {
    if (last[row] < first[row]) continue;
    const x = 2 * (side === 1 ? first[row] : last[row]);
    add(2 * row - 1, x);
    add(2 * row, x - side);
    add(2 * row + 1, x);
  }
  return [...extremes].sort(([a], [b]) => a - b);
}

/** x of a chain at an even y, as the pixel column at or inside it; exact, since all terms are integers. */
function columnAt(hull: readonly Point[], y: number, side: 1 | -1): number {
  let index = 0;
  while (index + 2 < hull.length && hull[index + 1][0] <= y) index++;
  const [[y0, x0], [y1, x1]] = [hull[index], hull[index + 1]];
  const position = (x0 * (y1 - y0) + (x1 - x0) * (y - y0)) / (2 * (y1 - y0));
  return side === 1 ? Math.ceil(position) : Math.floor(position);
}

/**
 * The pixels in the convex hull of the region's pixels, taken as diamonds (scikit-image's `image_convex` with
 * `offset_coordinates`).
 */
export function convexSpans(region: Region): Spans {
  const spans = spansOf(region);
  const [left, right] = [chain(diamonds(spans, 1), 1), chain(diamonds(spans, -1), -1)];
  const rows = spans.first.map((_, row) => row);
  return {
    first: rows.map((row) => columnAt(left, 2 * row, 1)),
    last: rows.map((row) => columnAt(right, 2 * row, -1)),
  };
}

/** Number of pixels of a raster. */
export const countPixels = ({ first, last }: Spans): number =>
  first.reduce((sum, start, row) => sum + Math.max(0, last[row] - start + 1), 0);

/** Largest distance between points of the outline of the convex raster (scikit-image's `feret_diameter_max`). */
export function feretDiameter(region: Region): number {
  const spans = convexSpans(region);
  const [sy, sx] = region.measured.spacing;
  const outline = ([1, -1] as const).flatMap((side) => chain(diamonds(spans, side), side));
  let largest = 0;
  for (const [y, x] of outline) {
    for (const [otherY, otherX] of outline) {
      largest = Math.max(largest, ((y - otherY) * sy) ** 2 + ((x - otherX) * sx) ** 2);
    }
  }
  return Math.sqrt(largest) / 2;
}
