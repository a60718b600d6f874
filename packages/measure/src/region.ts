import { type ConvexSpans, convexSpans } from "./convexity";
import { eigenvalues, inertiaTensor, type Symmetric } from "./inertia";
import type { Intensities } from "./intensity";
import type { LabelImage } from "./labelimage";
import { centralMoments, type Moments, momentsAbout, normalizedMoments } from "./moments";
import { RegionRuns } from "./regionruns";
import { BOX, type RegionSums, SUMS, sumRegions } from "./regionsums";
import { labelRuns } from "./runs";
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

/** What is found of all regions of an image. */
interface FoundRegions extends RegionSums {
  readonly measured: Measured;
  readonly regionRuns: RegionRuns;
}

const axesOf = ({ ndim }: LabelImage) => (ndim === 2 ? [0, 1] : [0, 1, 2]);

/**
 * The pixels of one label as runs, with what is known of them from one pass; anything further is measured when it is
 * first asked for, and kept if several properties build on it. Positions are `[y, x]` or `[z, y, x]`.
 */
export class Region {
  readonly #found: FoundRegions;
  readonly #rank: number;
  #aboutCentre: Moments | undefined;
  #central: Moments | undefined;
  #normalized: Moments | undefined;
  #inertia: Symmetric | undefined;
  #eigenvalues: readonly number[] | undefined;
  #windows: readonly number[] | undefined;
  #weighted: WeightedMoments[] | undefined;

  constructor(found: FoundRegions, rank: number) {
    this.#found = found;
    this.#rank = rank;
  }

  get measured(): Measured {
    return this.#found.measured;
  }

  get label(): number {
    return this.#found.labels[this.#rank];
  }

  /** Plane, row, first column and column after the last of each run, in C order, of all regions. */
  get runs(): Int32Array {
    return this.#found.regionRuns.gathered.runs;
  }

  /** Where in `runs` those of this region begin. */
  get begin(): number {
    return this.#found.regionRuns.gathered.begins[this.#rank];
  }

  /** Where they end. */
  get end(): number {
    return this.#found.regionRuns.gathered.begins[this.#rank + 1];
  }

  /** Number of pixels. */
  get size(): number {
    return this.#found.sums[SUMS * this.#rank];
  }

  /** First position along an axis. */
  startAlong(axis: number): number {
    const { boxes, measured } = this.#found;
    return boxes[BOX * this.#rank + 3 - measured.labels.ndim + axis];
  }

  /** Position after the last along an axis. */
  stopAlong(axis: number): number {
    return this.startAlong(axis + 3);
  }

  /** Mean position along an axis in pixels. */
  meanAlong(axis: number): number {
    const { sums, measured } = this.#found;
    const at = SUMS * this.#rank;
    return sums[at + 4 - measured.labels.ndim + axis] / sums[at];
  }

  /** First position along each axis. */
  get start(): readonly number[] {
    return axesOf(this.measured.labels).map((axis) => this.startAlong(axis));
  }

  /** Position after the last along each axis. */
  get stop(): readonly number[] {
    return axesOf(this.measured.labels).map((axis) => this.stopAlong(axis));
  }

  /** Mean position in pixels. */
  get mean(): readonly number[] {
    return axesOf(this.measured.labels).map((axis) => this.meanAlong(axis));
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

/** Find the regions of every label above 0. */
export function findRegions(measured: Measured, action: string): Regions {
  const { height } = measured.labels;
  const scanned = labelRuns(measured.labels, action);
  const sums = sumRegions(scanned, height);
  const found = { measured, ...sums, regionRuns: new RegionRuns(scanned, height) };
  return { count: sums.labels.length, region: (rank) => new Region(found, rank) };
}
