import { NdArray } from "@bioengine/ndarray";
import { checkedPlane } from "./plane";

type Point = readonly [y: number, x: number];

const action = "draw a polygon";

// A pixel that is this near to a corner is on it.
const NEAR = 1e-12;

function pointsOf(polygon: NdArray | readonly Point[]): Point[] {
  if (!(polygon instanceof NdArray) && !Array.isArray(polygon)) {
    throw new TypeError(
      `Cannot ${action}: a list of [y, x] or an array [n, 2] is needed, got ${String(polygon)}`,
    );
  }
  const rows: readonly (readonly number[])[] =
    polygon instanceof NdArray
      ? polygon.ndim === 2
        ? Array.from({ length: polygon.shape[0] }, (_, row) => Array.from(polygon.at(row).data, Number))
        : [[polygon.ndim]]
      : polygon;
  return rows.map((point): Point => {
    if (point?.length === 2 && point.every(Number.isFinite)) return [point[0], point[1]];
    throw new RangeError(
      `Cannot ${action}: each corner must be two finite numbers y and x, got [${Array.from(point ?? []).join(", ")}]`,
    );
  });
}

/** How far right of a pixel a side crosses its row. */
const crossing = ([y0, x0]: Point, [y1, x1]: Point, y: number, x: number): number =>
  ((x0 - x) * (y1 - y) - (x1 - x) * (y0 - y)) / (y1 - y0);

/** The first pixel of a row that isn't left of where a side crosses it, or, at or left of it, isn't. */
function firstBehind(from: Point, to: Point, y: number, width: number, countsAt: boolean): number {
  const isBefore = (x: number): boolean => {
    const right = crossing(from, to, y, x);
    return countsAt ? right >= 0 : right > 0;
  };
  // A guess, which rounding may have led astray by a pixel.
  const guess = Math.ceil(crossing(from, to, y, 0));
  let x = Math.min(Math.max(guess, 0), width);
  while (x > 0 && !isBefore(x - 1)) x--;
  while (x < width && isBefore(x)) x++;
  return x;
}

/**
 * Draw a filled polygon (scikit-image's `polygon2mask`): the pixels whose middle is in it, on a side or on a corner.
 *
 * @param shape of the mask, `[height, width]`
 * @param polygon its corners `[y, x]` in pixels, a pixel's middle being a whole number, as a list, or as an array
 *   `[n, 2]` such as a line of `findContours`; what is outside of the mask isn't drawn; not modified
 * @returns `[y, x]` bool
 * @throws {TypeError} if the polygon is no list of points
 * @throws {RangeError} if the shape or a corner isn't two numbers
 * @example
 * const region = polygonToMask(image.shape, [[10, 10], [10, 80], [60, 45]]);
 */
export function polygonToMask(
  shape: readonly number[],
  polygon: NdArray | readonly (readonly [y: number, x: number])[],
): NdArray<"bool"> {
  const [height, width] = checkedPlane(shape, action, "polygonToMask([512, 512], …)");
  const points = pointsOf(polygon);
  const mask = new Uint8Array(height * width);
  // Whether sides cross a row at a pixel's right and at its left an odd number of times (O'Rourke's test).
  const rights = new Uint8Array(width + 1);
  const lefts = new Uint8Array(width + 1);
  const sides = points.map((to, i) => [points.at(i - 1)!, to] as const);
  const ys = points.map(([y]) => y);
  const last = Math.min(height - 1, Math.ceil(ys.reduce((most, y) => Math.max(most, y), -1)));
  for (let y = Math.max(0, Math.floor(ys.reduce((least, y) => Math.min(least, y), height))); y <= last; y++) {
    rights.fill(0);
    lefts.fill(0);
    for (const [from, to] of sides) {
      if (from[0] > y !== to[0] > y) rights[firstBehind(from, to, y, width, false)] ^= 1;
      if (from[0] < y !== to[0] < y) lefts[firstBehind(from, to, y, width, true)] ^= 1;
    }
    for (let x = width - 1; x >= 0; x--) rights[x] ^= rights[x + 1];
    for (let x = 0, left = 0; x < width; x++) {
      left ^= lefts[x];
      mask[y * width + x] = rights[x + 1] | left;
    }
  }
  for (const [y, x] of points) {
    const [row, column] = [Math.round(y), Math.round(x)];
    const isOn = Math.abs(y - row) < NEAR && Math.abs(x - column) < NEAR;
    if (isOn && row >= 0 && row < height && column >= 0 && column < width) mask[row * width + column] = 1;
  }
  return new NdArray({ dtype: "bool", shape: [height, width], buffer: mask });
}
