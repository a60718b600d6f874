import type { LabelImage } from "../labelimage";
import { type Ranks, rankLabels } from "../ranks";
import { labelRuns, RUN, type Runs } from "../runs";

/** Two objects that share pixels. */
export interface Overlap {
  /** Rank of the label among the first image's, from 0. */
  readonly a: number;
  /** Rank of the label among the second image's. */
  readonly b: number;
  /** Number of pixels that they share. */
  readonly pixels: number;
  /** Intersection over union, above 0 up to 1. */
  readonly iou: number;
}

/** The objects of two label images, and which of them overlap. */
export interface Overlaps {
  readonly labelsA: Int32Array;
  readonly labelsB: Int32Array;
  /** Number of pixels of each object. */
  readonly areasA: Float64Array;
  readonly areasB: Float64Array;
  /** Ordered by `a`, then `b`. */
  readonly pairs: readonly Overlap[];
}

function areasOf({ table, count }: Runs, { labels, ranks }: Ranks): Float64Array {
  const areas = new Float64Array(labels.length);
  for (let run = 0; run < count; run++) {
    if (ranks[run] >= 0) areas[ranks[run]] += table[run * RUN + 2] - table[run * RUN + 1];
  }
  return areas;
}

/** Find the objects of two label images of one shape that overlap, by walking the runs of both. */
export function findOverlaps(imageA: LabelImage, imageB: LabelImage, action: string): Overlaps {
  const [a, b] = [labelRuns(imageA, action), labelRuns(imageB, action)];
  const [ranksA, ranksB] = [rankLabels(a), rankLabels(b)];
  const [areasA, areasB] = [areasOf(a, ranksA), areasOf(b, ranksB)];
  const [labelsA, labelsB] = [ranksA.labels, ranksB.labels];
  const shared = new Map<number, number>();
  for (let row = 0; row + 1 < a.rowStart.length; row++) {
    const [endA, endB] = [a.rowStart[row + 1] * RUN, b.rowStart[row + 1] * RUN];
    let [i, j] = [a.rowStart[row] * RUN, b.rowStart[row] * RUN];
    while (i < endA && j < endB) {
      const end = Math.min(a.table[i + 2], b.table[j + 2]);
      const pixels = end - Math.max(a.table[i + 1], b.table[j + 1]);
      if (pixels > 0 && a.table[i] > 0 && b.table[j] > 0) {
        const key = ranksA.ranks[i / RUN] * labelsB.length + ranksB.ranks[j / RUN];
        shared.set(key, (shared.get(key) ?? 0) + pixels);
      }
      if (a.table[i + 2] === end) i += RUN;
      else j += RUN;
    }
  }
  const pairs = [...shared]
    .sort(([x], [y]) => x - y)
    .map(([key, pixels]) => {
      const [rank, other] = [Math.floor(key / labelsB.length), key % labelsB.length];
      return { a: rank, b: other, pixels, iou: pixels / (areasA[rank] + areasB[other] - pixels) };
    });
  return { labelsA, labelsB, areasA, areasB, pairs };
}
