import type { Region } from "./region";
import { REGION_RUN } from "./regionruns";

/**
 * Where the runs of each row of a region's box begin, planes after one another; one more at the end. The next region
 * overwrites it.
 */
export function rowStarts({ runs, begin, end, start, stop, measured }: Region): Int32Array {
  const [top] = start.slice(-2);
  const height = stop[stop.length - 2] - top;
  const [front, back] = start.length === 3 ? [start[0], stop[0]] : [0, 1];
  const rows = (back - front) * height;
  const starts = measured.scratch.integers("rows", rows + 1);
  let row = 0;
  for (let at = begin; at < end; at += REGION_RUN) {
    const own = (runs[at] - front) * height + runs[at + 1] - top;
    while (row <= own) starts[row++] = at;
  }
  while (row <= rows) starts[row++] = end;
  return starts;
}
