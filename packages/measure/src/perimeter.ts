import { maskOf, type Region } from "./region";

const DIAGONAL = Math.SQRT2;
const MIXED = (1 + Math.SQRT2) / 2;

/** What a border pixel contributes, by its count of border pixels over edges and over corners (Benkrid 2000). */
function contribution(edges: number, corners: number): number {
  if ((edges === 2 || edges === 3) && corners <= 2) return 1;
  if ((edges === 0 && corners === 2) || (edges === 1 && corners === 3)) return DIAGONAL;
  if (edges === 1 && (corners === 1 || corners === 2)) return MIXED;
  return 0;
}

/** Length of the contour through the centres of the border pixels, holes included (scikit-image's `perimeter`). */
export function perimeter(region: Region): number {
  const { mask, rows, columns } = maskOf(region, 2);
  const border = new Uint8Array(mask.length);
  for (let cell = columns + 1; cell < mask.length - columns - 1; cell++) {
    const inner = mask[cell - 1] & mask[cell + 1] & mask[cell - columns] & mask[cell + columns];
    if (mask[cell] && !inner) border[cell] = 1;
  }
  let total = 0;
  for (let y = 1; y < rows - 1; y++) {
    for (let x = 1, cell = y * columns + 1; x < columns - 1; x++, cell++) {
      if (!border[cell]) continue;
      const edges = border[cell - 1] + border[cell + 1] + border[cell - columns] + border[cell + columns];
      const [up, down] = [cell - columns, cell + columns];
      total += contribution(edges, border[up - 1] + border[up + 1] + border[down - 1] + border[down + 1]);
    }
  }
  return total;
}

// Contribution of each 2 × 2 window, coded lower right 1, upper right 2, lower left 4, upper left 8.
const Q = Math.PI / 4;
const CROFTON = [
  ...[
    0,
    Q * (1 + Math.SQRT1_2),
    Q * Math.SQRT1_2,
    Q * Math.SQRT2,
    0,
    Q * (1 + Math.SQRT1_2),
    0,
    Q * Math.SQRT1_2,
  ],
  ...[Q, 2 * Q, Q * Math.SQRT1_2, Q * Math.SQRT1_2, Q, 2 * Q, 0, 0],
];
const EULER = [0, 0, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, -1, 0];

function sumWindows(region: Region, table: readonly number[]): number {
  const { mask, rows, columns } = maskOf(region, 1);
  let total = 0;
  for (let y = 1; y < rows; y++) {
    for (let x = 1, cell = y * columns + 1; x < columns; x++, cell++) {
      const code = mask[cell] + 2 * mask[cell - columns] + 4 * mask[cell - 1] + 8 * mask[cell - columns - 1];
      total += table[code];
    }
  }
  return total;
}

/** Perimeter by Crofton's formula with four directions (scikit-image's `perimeter_crofton`). */
export const croftonPerimeter = (region: Region): number => sumWindows(region, CROFTON);

/** Objects minus holes, pixels joined over corners (scikit-image's `euler_number`). */
export const eulerNumber = (region: Region): number => sumWindows(region, EULER);
