import { type ConvexSpans, convexSpans } from "./convexity";
import { eigenvalues, inertiaTensor, type Symmetric } from "./inertia";
import type { Intensities } from "./intensity";
import type { LabelImage } from "./labelimage";
import { centralMoments, type Moments, momentsAbout, normalizedMoments } from "./moments";
import { rankLabels } from "./ranks";
import { labelRuns, REGION_RUN, RUN } from "./runs";
import type { Scratch } from "./scratch";
import { solidSpans } from "./solidhull";
import { type WeightedMoments, weightedMoments } from "./weighted";
import { windowCounts } from "./windows";

/** What all regions of one call share. */
export interface Measured {
  readonly labels: LabelImage;
  readonly intensities: Intensities | undefined;
  /** Pixel size along each axis of the label image. */
  readonly spacing: readonly number[];
  readonly scratch: Scratch;
}

/** What one pass over a region's runs gives. A function of its own, as V8 compiles that far sooner than the class. */
function summed(runs: Int32Array, begin: number, end: number) {
  let size = 0;
  let sumZ = 0;
  let sumY = 0;
  let sumX = 0;
  let top = runs[begin + 1];
  let left = runs[begin + 2];
  let bottom = 0;
  let right = 0;
  for (let at = begin; at < end; at += REGION_RUN) {
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
  return { size, sumZ, sumY, sumX, top, left, bottom, right };
}

/**
 * The pixels of one label as runs, with what is known of them from one pass; anything further is measured when it is
 * first asked for, and kept if several properties build on it. Positions are `[y, x]` or `[z, y, x]`.
 */
export class Region {
  readonly measured: Measured;
  readonly label: number;
  /** Plane, row, first column and column after the last of each run, in C order, of all regions. */
  readonly runs: Int32Array;
  /** Where in `runs` those of this region begin. */
  readonly begin: number;
  /** Where they end. */
  readonly end: number;
  /** Number of pixels. */
  readonly size: number;
  /** First position along each axis. */
  readonly start: readonly number[];
  /** Position after the last along each axis. */
  readonly stop: readonly number[];
  /** Mean position in pixels. */
  readonly mean: readonly number[];
  #aboutCentre: Moments | undefined;
  #central: Moments | undefined;
  #normalized: Moments | undefined;
  #inertia: Symmetric | undefined;
  #eigenvalues: readonly number[] | undefined;
  #windows: readonly number[] | undefined;
  #weighted: WeightedMoments[] | undefined;

  constructor(measured: Measured, label: number, runs: Int32Array, begin: number, end: number) {
    this.measured = measured;
    this.label = label;
    this.runs = runs;
    this.begin = begin;
    this.end = end;
    const { size, sumZ, sumY, sumX, top, left, bottom, right } = summed(runs, begin, end);
    this.size = size;
    if (measured.labels.ndim === 2) {
      this.start = [top, left];
      this.stop = [bottom, right];
      this.mean = [sumY / size, sumX / size];
    } else {
      this.start = [runs[begin], top, left];
      this.stop = [runs[end - REGION_RUN] + 1, bottom, right];
      this.mean = [sumZ / size, sumY / size, sumX / size];
    }
  }

  /** The pixel next to the mean position. */
  get centre(): readonly number[] {
    return this.mean.map(Math.round);
  }

  /** Moments about `centre` in pixels, and so whole numbers. */
  get aboutCentre(): Moments {
    this.#aboutCentre ??= momentsAbout(this, this.centre);
    return this.#aboutCentre;
  }

  /** Central moments, scaled by the spacing. */
  get central(): Moments {
    this.#central ??= centralMoments(this);
    return this.#central;
  }

  /** Central moments that don't depend on scale. */
  get normalized(): Moments {
    this.#normalized ??= normalizedMoments(this.central, this.measured.spacing);
    return this.#normalized;
  }

  get inertia(): Symmetric {
    this.#inertia ??= inertiaTensor(this.central, this.measured.labels.ndim);
    return this.#inertia;
  }

  /** Eigenvalues of the inertia tensor, descending. */
  get eigenvalues(): readonly number[] {
    this.#eigenvalues ??= eigenvalues(this.inertia);
    return this.#eigenvalues;
  }

  /** The rows of the convex image. That of the next region overwrites it. */
  get hull(): ConvexSpans {
    const { scratch } = this.measured;
    if (scratch.hullOf !== this) {
      scratch.hull = this.measured.labels.ndim === 2 ? convexSpans(this) : solidSpans(this);
      scratch.hullOf = this;
    }
    return scratch.hull;
  }

  /** How often each 2 × 2 pattern of pixels occurs; 2-D. */
  get windows(): readonly number[] {
    this.#windows ??= windowCounts(this);
    return this.#windows;
  }

  /** Moments weighted by a channel. */
  weighted(channel: number): WeightedMoments {
    this.#weighted ??= [];
    this.#weighted[channel] ??= weightedMoments(this, channel);
    return this.#weighted[channel];
  }
}

/** The regions of a label image, labels ascending. */
export interface Regions {
  readonly count: number;
  /** Make the region of a rank, from 0; what it keeps is freed with it. */
  readonly region: (rank: number) => Region;
}

/** Gather the runs of every label above 0, by a counting sort. */
export function findRegions(measured: Measured, action: string): Regions {
  const { height } = measured.labels;
  const scanned = labelRuns(measured.labels, action);
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
  return {
    count: labels.length,
    region: (rank) => new Region(measured, labels[rank], runs, begins[rank], begins[rank + 1]),
  };
}
