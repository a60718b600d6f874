import { type ConvexSpans, convexSpans } from "./convexity";
import { eigenvalues, inertiaTensor, type Symmetric } from "./inertia";
import { gather, type Intensities, type Statistics, statistics } from "./intensity";
import type { LabelImage } from "./labelimage";
import { centralMoments, type Moments } from "./moments";
import { labelRuns, REGION_RUN, RUN, rankLabels } from "./runs";
import { type WeightedMoments, weightedMoments } from "./weighted";
import { windowCounts } from "./windows";

/** What all regions of one call share. */
export interface Measured {
  readonly labels: LabelImage;
  readonly intensities: Intensities | undefined;
  /** Pixel size along each axis of the label image. */
  readonly spacing: readonly number[];
}

/**
 * The pixels of one label as runs, with what is known of them from one pass; anything further is measured when it is
 * first asked for, and kept if several properties build on it. Positions are `[y, x]` or `[z, y, x]`.
 */
export class Region {
  readonly measured: Measured;
  readonly label: number;
  /** Plane, row, first column and column after the last of each run, in C order. */
  readonly runs: Int32Array;
  /** Number of pixels. */
  readonly size: number;
  /** First position along each axis. */
  readonly start: readonly number[];
  /** Position after the last along each axis. */
  readonly stop: readonly number[];
  /** Mean position in pixels. */
  readonly mean: readonly number[];
  #central: Moments | undefined;
  #eigenvalues: readonly number[] | undefined;
  #hull: ConvexSpans | undefined;
  #windows: Int32Array | undefined;
  #statistics: Statistics[] = [];
  #weighted: WeightedMoments[] = [];

  constructor(measured: Measured, label: number, runs: Int32Array) {
    this.measured = measured;
    this.label = label;
    this.runs = runs;
    let [size, sumZ, sumY, sumX] = [0, 0, 0, 0];
    let [top, left] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    let [bottom, right] = [0, 0];
    for (let at = 0; at < runs.length; at += REGION_RUN) {
      const y = runs[at + 1];
      const first = runs[at + 2];
      const stop = runs[at + 3];
      const length = stop - first;
      size += length;
      sumZ += runs[at] * length;
      sumY += y * length;
      sumX += ((first + stop - 1) * length) / 2;
      if (y < top) top = y;
      if (y >= bottom) bottom = y + 1;
      if (first < left) left = first;
      if (stop > right) right = stop;
    }
    this.size = size;
    if (measured.labels.ndim === 2) {
      this.start = [top, left];
      this.stop = [bottom, right];
      this.mean = [sumY / size, sumX / size];
    } else {
      this.start = [runs[0], top, left];
      this.stop = [runs[runs.length - REGION_RUN] + 1, bottom, right];
      this.mean = [sumZ / size, sumY / size, sumX / size];
    }
  }

  /** Central moments, scaled by the spacing. */
  get central(): Moments {
    this.#central ??= centralMoments(this);
    return this.#central;
  }

  get inertia(): Symmetric {
    return inertiaTensor(this.central, this.measured.labels.ndim);
  }

  /** Eigenvalues of the inertia tensor, descending. */
  get eigenvalues(): readonly number[] {
    this.#eigenvalues ??= eigenvalues(this.inertia);
    return this.#eigenvalues;
  }

  /** The rows of the convex image; 2-D. */
  get hull(): ConvexSpans {
    this.#hull ??= convexSpans(this);
    return this.#hull;
  }

  /** How often each 2 × 2 pattern of pixels occurs; 2-D. */
  get windows(): Int32Array {
    this.#windows ??= windowCounts(this);
    return this.#windows;
  }

  /** Mean, least and largest value of a channel. */
  statistics(channel: number): Statistics {
    this.#statistics[channel] ??= statistics(gather(this, channel));
    return this.#statistics[channel];
  }

  /** Moments weighted by a channel. */
  weighted(channel: number): WeightedMoments {
    this.#weighted[channel] ??= weightedMoments(this, channel);
    return this.#weighted[channel];
  }
}

/** Gather the runs of every label above 0, labels ascending. */
export function findRegions(measured: Measured, action: string): Region[] {
  const { height } = measured.labels;
  const scanned = labelRuns(measured.labels, action);
  const { table, rowStart } = scanned;
  const { labels, rankOf } = rankLabels(scanned);
  const next = new Int32Array(labels.length + 1);
  for (let at = 0; at < scanned.count * RUN; at += RUN) {
    if (table[at] > 0) next[rankOf(table[at]) + 1] += REGION_RUN;
  }
  for (let rank = 0; rank < labels.length; rank++) next[rank + 1] += next[rank];
  const begins = next.slice();
  const runs = new Int32Array(begins[labels.length]);
  for (let row = 0; row + 1 < rowStart.length; row++) {
    const z = Math.floor(row / height);
    for (let at = rowStart[row] * RUN; at < rowStart[row + 1] * RUN; at += RUN) {
      if (table[at] <= 0) continue;
      const rank = rankOf(table[at]);
      const to = next[rank];
      runs[to] = z;
      runs[to + 1] = row - z * height;
      runs[to + 2] = table[at + 1];
      runs[to + 3] = table[at + 2];
      next[rank] = to + REGION_RUN;
    }
  }
  return Array.from(
    labels,
    (label, rank) => new Region(measured, label, runs.subarray(begins[rank], begins[rank + 1])),
  );
}
