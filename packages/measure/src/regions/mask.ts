import type { Region } from "./region";
import { REGION_RUN } from "./regionruns";

/** A region's bounding box as bytes with a border of zeros one cell wide, on planes too in 3-D. */
export interface Mask {
  /** 1 = the region's pixel; the caller's to change. */
  readonly cells: Uint8Array;
  /** Planes with their border; 1 in 2-D, where planes have none. */
  readonly planes: number;
  readonly rows: number;
  readonly columns: number;
}

/** Draw a region. */
export function maskOf({ measured, runs, begin, end, start, stop }: Region): Mask {
  const solid = measured.labels.ndim === 3;
  const [top, left] = start.slice(-2);
  const [bottom, right] = stop.slice(-2);
  const planes = solid ? stop[0] - start[0] + 2 : 1;
  const [rows, columns] = [bottom - top + 2, right - left + 2];
  const cells = new Uint8Array(planes * rows * columns);
  const front = solid ? start[0] - 1 : 0;
  for (let at = begin; at < end; at += REGION_RUN) {
    const row = ((runs[at] - front) * rows + runs[at + 1] - top + 1) * columns + 1 - left;
    cells.fill(1, row + runs[at + 2], row + runs[at + 3]);
  }
  return { cells, planes, rows, columns };
}
