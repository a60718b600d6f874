import { maskOf } from "./mask";
import type { Region } from "./region";
import { REGION_RUN } from "./runs";

const NONE = 0;
const STRAIGHT = 1;
const DIAGONAL = 2;
const MIXED = 3;

/** What a border pixel adds, by its count of border pixels over edges and over corners (Benkrid & Crookes 2000). */
function kindOf(edges: number, corners: number): number {
  if ((edges === 2 || edges === 3) && corners <= 2) return STRAIGHT;
  if ((edges === 0 && corners === 2) || (edges === 1 && corners === 3)) return DIAGONAL;
  if (edges === 1 && (corners === 1 || corners === 2)) return MIXED;
  return NONE;
}

const KINDS = Uint8Array.from({ length: 25 }, (_, at) => kindOf(Math.floor(at / 5), at % 5));

/** Length of the line through the centres of the border pixels, holes included (scikit-image's `perimeter`); 2-D. */
export function perimeter(region: Region): number {
  const { cells, columns } = maskOf(region);
  const { runs } = region;
  const [top, left] = region.start;
  const border = new Int32Array(region.size);
  let length = 0;
  // A border pixel becomes 3: still not 0, and its second bit counts it below.
  for (let at = 0; at < runs.length; at += REGION_RUN) {
    const row = (runs[at + 1] - top + 1) * columns + 1 - left;
    const first = row + runs[at + 2];
    const final = row + runs[at + 3] - 1;
    for (let cell = first; cell <= final; cell++) {
      if (cell === first || cell === final || cells[cell - columns] === 0 || cells[cell + columns] === 0) {
        cells[cell] = 3;
        border[length++] = cell;
      }
    }
  }
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < length; i++) {
    const cell = border[i];
    const [up, down] = [cell - columns, cell + columns];
    const edges = (cells[cell - 1] >> 1) + (cells[cell + 1] >> 1) + (cells[up] >> 1) + (cells[down] >> 1);
    const corners =
      (cells[up - 1] >> 1) + (cells[up + 1] >> 1) + (cells[down - 1] >> 1) + (cells[down + 1] >> 1);
    counts[KINDS[5 * edges + corners]]++;
  }
  return counts[STRAIGHT] + counts[DIAGONAL] * Math.SQRT2 + (counts[MIXED] * (1 + Math.SQRT2)) / 2;
}
