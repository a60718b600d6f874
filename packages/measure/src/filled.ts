import { maskOf } from "./mask";
import type { Region } from "./region";
import { REGION_RUN } from "./runs";

/** Whether every row has one run, so that nothing can be enclosed. */
function isOneRunARow({ runs }: Region): boolean {
  for (let at = REGION_RUN; at < runs.length; at += REGION_RUN) {
    if (runs[at] === runs[at - REGION_RUN] && runs[at + 1] === runs[at + 1 - REGION_RUN]) return false;
  }
  return true;
}

/**
 * Pixels of the region with its holes filled (scikit-image's `area_filled`). A hole that opens over a corner is none.
 */
export function filledCount(region: Region): number {
  if (isOneRunARow(region)) return region.size;
  const { cells, planes, rows, columns } = maskOf(region);
  const steps: number[] = [];
  for (const z of planes > 1 ? [-1, 0, 1] : [0]) {
    for (const y of [-1, 0, 1]) {
      for (const x of [-1, 0, 1]) steps.push((z * rows + y) * columns + x);
    }
  }
  // Flood from the border. A step off a row's end lands in the border of the next row, so only the ends need a check.
  const queue = new Int32Array(cells.length);
  let outside = 1;
  cells[0] = 1;
  for (let done = 0; done < outside; done++) {
    for (const step of steps) {
      const cell = queue[done] + step;
      if (cell < 0 || cell >= cells.length || cells[cell] !== 0) continue;
      cells[cell] = 1;
      queue[outside++] = cell;
    }
  }
  return cells.length - outside;
}
