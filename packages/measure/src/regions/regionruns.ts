import { rankLabels } from "../ranks";
import { RUN, type Runs } from "../runs";

/** The runs of all regions, those of each together. */
export interface GatheredRuns {
  /** Plane, row, first column and column after the last of each run, in C order within a region. */
  readonly runs: Int32Array;
  /** Where those of each rank begin, and at last the end. */
  readonly begins: Int32Array;
}

/** Elements of a region's runs for one run. */
export const REGION_RUN = 4;

/** Bring the runs of each region together, by a counting sort. */
export function gatherRuns(scanned: Runs, height: number): GatheredRuns {
  const { table, rowStart } = scanned;
  const { labels, counts, ranks } = rankLabels(scanned);
  const next = new Int32Array(labels.length + 1);
  for (let rank = 0; rank < labels.length; rank++) next[rank + 1] = next[rank] + REGION_RUN * counts[rank];
  const begins = next.slice();
  const runs = new Int32Array(begins[labels.length]);
  for (let row = 0; row + 1 < rowStart.length; row++) {
    const z = Math.floor(row / height);
    for (let run = rowStart[row]; run < rowStart[row + 1]; run++) {
      const rank = ranks[run];
      if (rank < 0) continue;
      const to = next[rank];
      runs[to] = z;
      runs[to + 1] = row - z * height;
      runs[to + 2] = table[run * RUN + 1];
      runs[to + 3] = table[run * RUN + 2];
      next[rank] = to + REGION_RUN;
    }
  }
  return { runs, begins };
}
