import { maskOf } from "./mask";
import type { Region } from "./region";
import { REGION_RUN } from "./regionruns";
import { rowStarts } from "./rowstarts";

const NEVER = 0x7fffffff;

/**
 * How often each 2 × 2 window of a 2-D region's box, and of the zeros around it, has each of the 16 patterns, coded
 * lower right 1, upper right 2, lower left 4, upper left 8; of pattern 0, which nothing needs, the number is left open.
 *
 * The runs of each row and the one below are walked side by side: between their ends all windows are alike.
 */
export function windowCounts(region: Region): readonly number[] {
  const counts = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  const { runs, start, stop, begin, end } = region;
  const rows = stop[0] - start[0];
  const starts = rowStarts(region);
  for (let row = 0; row <= rows; row++) {
    let above = row === 0 ? begin : starts[row - 1];
    const aboveEnd = starts[row];
    let below = aboveEnd;
    const belowEnd = row === rows ? end : starts[row + 1];
    let upper = 0;
    let lower = 0;
    let x = 0;
    while (above < aboveEnd || below < belowEnd) {
      // First column and column after the last stand next to each other, so the state picks the next change.
      const nextAbove = above < aboveEnd ? runs[above + 2 + upper] : NEVER;
      const nextBelow = below < belowEnd ? runs[below + 2 + lower] : NEVER;
      const next = nextAbove < nextBelow ? nextAbove : nextBelow;
      counts[10 * upper + 5 * lower] += next - x - 1;
      const left = (upper << 3) | (lower << 2);
      if (nextAbove === next) {
        above += REGION_RUN * upper;
        upper = 1 - upper;
      }
      if (nextBelow === next) {
        below += REGION_RUN * lower;
        lower = 1 - lower;
      }
      counts[left | (upper << 1) | lower]++;
      x = next;
    }
  }
  return counts;
}

function sum(counts: readonly number[], weights: readonly number[]): number {
  let total = 0;
  for (let code = 1; code < counts.length; code++) total += weights[code] * counts[code];
  return total;
}

const Q = Math.PI / 4;
const SLANT = Q * Math.SQRT1_2;
const CROFTON = [
  ...[0, Q + SLANT, SLANT, 2 * SLANT, 0, Q + SLANT, 0, SLANT],
  ...[Q, 2 * Q, SLANT, SLANT, Q, 2 * Q, 0, 0],
];
const EULER = [0, 0, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, -1, 0];

/** Perimeter by Crofton's formula with four directions (scikit-image's `perimeter_crofton`). */
export const croftonPerimeter = (region: Region): number => sum(region.windows, CROFTON);

/**
 * Objects minus holes (plus cavities in 3-D), pixels joined over corners (scikit-image's `euler_number`).
 *
 * In 3-D the voxels are closed cubes, and the number is vertices - edges + faces - cubes of their union.
 */
export function eulerNumber(region: Region): number {
  if (region.measured.labels.ndim === 2) return sum(region.windows, EULER);
  const { cells, rows, columns } = maskOf(region);
  const plane = rows * columns;
  let number = 0;
  // Each cell with its neighbours before it: a vertex where any of the eight is set, an edge for four, a face for two.
  for (let cell = plane + columns + 1; cell < cells.length; cell++) {
    const here = cells[cell];
    const x = here | cells[cell - 1];
    const y = here | cells[cell - columns];
    const z = here | cells[cell - plane];
    const xy = x | cells[cell - columns] | cells[cell - columns - 1];
    const xz = x | cells[cell - plane] | cells[cell - plane - 1];
    const yz = y | cells[cell - plane] | cells[cell - plane - columns];
    const xyz = xy | xz | yz | cells[cell - plane - columns - 1];
    number += xyz - (xy + xz + yz) + (x + y + z) - here;
  }
  return number;
}
