import { maskOf } from "./mask";
import type { Region } from "./region";

/**
 * How often each 2 × 2 window of a 2-D region's box, and of the zeros around it, has each of the 16 patterns, coded
 * lower right 1, upper right 2, lower left 4, upper left 8.
 */
export function windowCounts(region: Region): Int32Array {
  const { cells, rows, columns } = maskOf(region);
  const counts = new Int32Array(16);
  for (let y = 1; y < rows; y++) {
    let code = 0;
    for (let cell = y * columns + 1; cell < (y + 1) * columns; cell++) {
      code = ((code & 3) << 2) | (cells[cell - columns] << 1) | cells[cell];
      counts[code]++;
    }
  }
  return counts;
}

const sum = (counts: Int32Array, weights: readonly number[]) =>
  weights.reduce((total, weight, code) => total + weight * counts[code], 0);

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
