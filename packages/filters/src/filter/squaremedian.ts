import type { Padded } from "../border";
import type { Window } from "../footprint";

/** Whether a window is a full square of 3 a side. */
export const isSquareOfThree = ({ size, radii: [z, y, x] }: Window): boolean =>
  size === 9 && z === 0 && y === 1 && x === 1;

const middle = (a: number, b: number, c: number): number =>
  a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;

/**
 * Medians of squares of 3 a side: of columns that are sorted once, the middle one of the largest least, the middle
 * middle and the least largest value (Kopp & Purgathofer 1994).
 */
export function squareMedians(
  { data, row, plane }: Padded,
  result: Float64Array,
  [depth, height, width]: readonly number[],
): void {
  const low = new Float64Array(row);
  const mid = new Float64Array(row);
  const high = new Float64Array(row);
  for (let z = 0, at = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const start = z * plane + y * row;
      for (let x = 0; x < row; x++) {
        const a = data[start + x];
        const b = data[start + row + x];
        const c = data[start + 2 * row + x];
        const less = a < b ? a : b;
        const more = a < b ? b : a;
        low[x] = c < less ? c : less;
        high[x] = c < more ? more : c;
        mid[x] = c < less ? less : c < more ? c : more;
      }
      for (let x = 0; x < width; x++) {
        const lowest = low[x] > low[x + 1] ? low[x] : low[x + 1];
        const highest = high[x] < high[x + 1] ? high[x] : high[x + 1];
        result[at++] = middle(
          lowest > low[x + 2] ? lowest : low[x + 2],
          middle(mid[x], mid[x + 1], mid[x + 2]),
          highest < high[x + 2] ? highest : high[x + 2],
        );
      }
    }
  }
}
