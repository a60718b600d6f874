import type { LabelImage } from "../labelimage";
import { labelRuns, type Runs } from "../runs";
import { type ConvexSpans, convexSpans } from "./convexity";
import { eigenvalues, inertiaTensor, type Symmetric } from "./inertia";
import { type Intensities, type IntensityStatistics, intensityStatistics } from "./intensity";
import { centralMoments, type Moments, momentsAbout, normalizedMoments } from "./moments";
import { type Outline, outlineOf } from "./outline";
import { type GatheredRuns, gatherRuns } from "./regionruns";
import { meanOf, type RegionSums, sizeOf, startOf, stopOf, sumRegions } from "./regionsums";
import type { Scratch } from "./scratch";
import { solidSpans } from "./solidhull";
import { type WeightedMoments, weightedMoments } from "./weighted";

/** What all regions of one call share. */
export interface Measured {
  readonly labels: LabelImage;
  readonly intensities: Intensities | undefined;
  /** Pixel size along each axis of the label image. */
  readonly spacing: readonly number[];
  readonly scratch: Scratch;
}

// Of planes, rows and columns.
const PLANAR_AXES = [1, 2];
const SOLID_AXES = [0, 1, 2];

/**
 * The pixels of one label as runs, with what is known of them from one pass; anything further is measured when it is
 * first asked for, and kept if several properties build on it. Positions are `[y, x]` or `[z, y, x]`.
 */
export class Region {
  readonly measured: Measured;
  /** Those of all regions, and this one's place among them. */
  readonly sums: RegionSums;
  readonly rank: number;
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
  #centre: readonly number[] | undefined;
  #aboutCentre: Moments | undefined;
  #central: Moments | undefined;
  #normalized: Moments | undefined;
  #inertia: Symmetric | undefined;
  #eigenvalues: readonly number[] | undefined;
  #outline: Outline | undefined;
  #intensities: IntensityStatistics[] | undefined;
  #weighted: WeightedMoments[] | undefined;

  constructor(measured: Measured, sums: RegionSums, { runs, begins }: GatheredRuns, rank: number) {
    this.measured = measured;
    this.sums = sums;
    this.rank = rank;
    this.label = sums.labels[rank];
    this.runs = runs;
    this.begin = begins[rank];
    this.end = begins[rank + 1];
    this.size = sizeOf(sums, rank);
    const axes = measured.labels.ndim === 2 ? PLANAR_AXES : SOLID_AXES;
    this.start = axes.map((axis) => startOf(sums, rank, axis));
    this.stop = axes.map((axis) => stopOf(sums, rank, axis));
    this.mean = axes.map((axis) => meanOf(sums, rank, axis));
  }

  /** The pixel next to the mean position. */
  get centre(): readonly number[] {
    this.#centre ??= this.mean.map(Math.round);
    return this.#centre;
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

  /** What the outline is made of; 2-D. */
  get outline(): Outline {
    this.#outline ??= outlineOf(this);
    return this.#outline;
  }

  /** What the values of a channel are like. */
  intensities(channel: number): IntensityStatistics {
    this.#intensities ??= [];
    this.#intensities[channel] ??= intensityStatistics(this, channel);
    return this.#intensities[channel];
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
  readonly sums: RegionSums;
  /** Make the region of a rank, from 0; what it keeps is freed with it. */
  readonly region: (rank: number) => Region;
}

/** Find the regions of every label above 0. Their runs are brought together for the first that is made. */
export function findRegions(measured: Measured, action: string): Regions {
  const { height } = measured.labels;
  let scanned: Runs | undefined = labelRuns(measured.labels, action);
  let gathered: GatheredRuns = { runs: new Int32Array(0), begins: new Int32Array(0) };
  const sums = sumRegions(scanned, measured.labels);
  return {
    count: sums.labels.length,
    sums,
    region: (rank) => {
      if (scanned) {
        gathered = gatherRuns(scanned, height);
        // It may be large.
        scanned = undefined;
      }
      return new Region(measured, sums, gathered, rank);
    },
  };
}
