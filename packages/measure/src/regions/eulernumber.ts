import { maskOf } from "./mask";
import type { Region } from "./region";

/**
 * Objects minus holes (plus cavities in 3-D), pixels joined over corners (scikit-image's `euler_number`).
 *
 * In 3-D the voxels are closed cubes, and the number is vertices - edges + faces - cubes of their union.
 */
export function eulerNumber(region: Region): number {
  if (region.measured.labels.ndim === 2) return region.outline.euler;
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
