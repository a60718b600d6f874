import type { Region } from "./region";
import { REGION_RUN } from "./regionruns";
import { rowStarts } from "./rowstarts";

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

/**
 * List the pixels with a neighbour over an edge outside of the region: all but the stretches within a run's ends that
 * runs above and below cover.
 *
 * @param columns cells of a row, of which the first and the last are beside the box, as the first row is above it
 * @param cells where they are marked with 1
 * @param list where their indices in `cells` are written
 * @returns how many there are
 */
function markBorder(region: Region, columns: number, cells: Uint8Array, list: Int32Array): number {
  const { runs, start, stop, end } = region;
  const rows = stop[0] - start[0];
  const starts = rowStarts(region);
  let length = 0;
  for (let row = 0; row < rows; row++) {
    const offset = (row + 1) * columns + 1 - start[1];
    let above = row === 0 ? 0 : starts[row - 1];
    const aboveEnd = row === 0 ? 0 : starts[row];
    let below = starts[row + 1];
    const belowEnd = row === rows - 1 ? end : starts[row + 2];
    for (let at = starts[row]; at < starts[row + 1]; at += REGION_RUN) {
      const stop = runs[at + 3];
      let x = runs[at + 2];
      const second = x + 1;
      while (above < aboveEnd && below < belowEnd) {
        const first = Math.max(second, runs[above + 2], runs[below + 2]);
        const final = Math.min(stop - 1, runs[above + 3], runs[below + 3]);
        if (first < final) {
          for (; x < first; x++) list[length++] = offset + x;
          x = final;
        }
        if (runs[above + 3] >= stop && runs[below + 3] >= stop) break;
        if (runs[above + 3] < runs[below + 3]) above += REGION_RUN;
        else below += REGION_RUN;
      }
      for (; x < stop; x++) list[length++] = offset + x;
    }
  }
  for (let i = 0; i < length; i++) cells[list[i]] = 1;
  return length;
}

/** Length of the line through the centres of the border pixels, holes included (scikit-image's `perimeter`); 2-D. */
export function perimeter(region: Region): number {
  const { start, stop, size, measured } = region;
  const columns = stop[1] - start[1] + 2;
  const cells = measured.scratch.zeros((stop[0] - start[0] + 2) * columns);
  const list = measured.scratch.integers("list", size);
  const length = markBorder(region, columns, cells, list);
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < length; i++) {
    const cell = list[i];
    const up = cell - columns;
    const down = cell + columns;
    const edges = cells[cell - 1] + cells[cell + 1] + cells[up] + cells[down];
    const corners = cells[up - 1] + cells[up + 1] + cells[down - 1] + cells[down + 1];
    counts[KINDS[5 * edges + corners]]++;
  }
  for (let i = 0; i < length; i++) cells[list[i]] = 0;
  return counts[STRAIGHT] + counts[DIAGONAL] * Math.SQRT2 + (counts[MIXED] * (1 + Math.SQRT2)) / 2;
}
