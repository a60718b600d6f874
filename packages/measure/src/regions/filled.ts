import { type DisjointSets, join, rootOf } from "../disjointsets";
import { earlierRows } from "../neighbours";
import type { Region } from "./region";
import { REGION_RUN } from "./regionruns";
import { rowStarts } from "./rowstarts";

// The set of all that is open to the outside; of a gap after the region's run n, n + 1 is the node.
const OUTSIDE = 0;

const stepsOf = (ndim: number) =>
  earlierRows(ndim, ndim).flatMap(({ z, y }) => [
    { z, y },
    { z: -z, y: -y },
  ]);
/** From a row to those whose pixels touch its own. */
const PLANAR_STEPS = stepsOf(2);
const SOLID_STEPS = stepsOf(3);

/** Whether no row has two runs, so that nothing can be enclosed. */
function isOneRunARow({ runs, begin, end }: Region): boolean {
  for (let at = begin + REGION_RUN; at < end; at += REGION_RUN) {
    if (runs[at] === runs[at - REGION_RUN] && runs[at + 1] === runs[at + 1 - REGION_RUN]) return false;
  }
  return true;
}

/** Join a gap of a row with the outside and the gaps that it touches in another row, over corners too. */
function joinTouching(
  { runs, begin }: Region,
  gap: number,
  from: number,
  to: number,
  parents: DisjointSets,
): void {
  const first = runs[gap + 3];
  const stop = runs[gap + REGION_RUN + 2];
  const node = (gap - begin) / REGION_RUN + 1;
  if (from === to || first - 1 < runs[from + 2] || stop >= runs[to - 1]) join(parents, node, OUTSIDE);
  for (let at = from; at + REGION_RUN < to; at += REGION_RUN) {
    if (runs[at + 3] <= stop && runs[at + REGION_RUN + 2] >= first) {
      join(parents, node, (at - begin) / REGION_RUN + 1);
    }
  }
}

/**
 * Find the gaps in a region's rows that are in its holes. A hole that opens over a corner is none.
 *
 * @returns the index in `region.runs` of the run before each
 */
export function enclosedGaps(region: Region): number[] {
  const { start, stop, begin, end, measured } = region;
  const { ndim } = measured.labels;
  const height = stop[ndim - 2] - start[ndim - 2];
  const depth = ndim === 3 ? stop[0] - start[0] : 1;
  const count = (end - begin) / REGION_RUN;
  if (isOneRunARow(region)) return [];
  const starts = rowStarts(region);
  const parents = measured.scratch.integers("list", count + 1);
  for (let node = 0; node <= count; node++) parents[node] = node;
  const steps = ndim === 2 ? PLANAR_STEPS : SOLID_STEPS;
  for (let row = 0; row < depth * height; row++) {
    const z = Math.floor(row / height);
    const y = row - z * height;
    for (let gap = starts[row]; gap + REGION_RUN < starts[row + 1]; gap += REGION_RUN) {
      for (const step of steps) {
        const isIn = z + step.z >= 0 && z + step.z < depth && y + step.y >= 0 && y + step.y < height;
        const other = isIn ? row + step.z * height + step.y : row;
        joinTouching(region, gap, starts[other], isIn ? starts[other + 1] : starts[other], parents);
      }
    }
  }
  const gaps: number[] = [];
  for (let row = 0; row < depth * height; row++) {
    for (let gap = starts[row]; gap + REGION_RUN < starts[row + 1]; gap += REGION_RUN) {
      if (rootOf(parents, (gap - begin) / REGION_RUN + 1) !== OUTSIDE) gaps.push(gap);
    }
  }
  return gaps;
}

/** Pixels of the region with its holes filled (scikit-image's `area_filled`). */
export function filledCount(region: Region): number {
  const { runs, size } = region;
  return enclosedGaps(region).reduce(
    (count, gap) => count + runs[gap + REGION_RUN + 2] - runs[gap + 3],
    size,
  );
}
