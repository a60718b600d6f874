import { checkOptions, type Dimension, NdArray, sizeOf, Table } from "@bioengine/ndarray";
import { labelImage } from "../labelimage";
import { assign } from "./assignment";
import { findOverlaps, type Overlaps } from "./overlaps";

/** How frames are linked. */
export interface TrackLabelsOptions {
  /** Least intersection over union of an object in two frames, above 0 up to 1. Default 0.25. */
  threshold?: number;
  /** For how many frames an object may be missing and still be itself, if it comes back to its place. Default 0. */
  maxGap?: number;
}

/** A film's objects. */
export interface TrackedLabels {
  /** `[t, y, x]` or `[t, z, y, x]` int32, role "labels": an object has one label in all frames, 1 .. n. */
  readonly labels: NdArray<"int32">;
  /**
   * A row for each label: label, start and end (its first and last frame, from 0), and parent, the label that it came
   * from by a division, or 0: the Cell Tracking Challenge's columns L, B, E and P.
   */
  readonly tracks: Table;
}

interface Track {
  readonly label: number;
  readonly start: number;
  readonly parent: number;
  end: number;
}

const action = "track labels";

/** How much larger than another a sister may be; what is smaller is debris. */
const SISTERS = 4;

/** What a film's frames are compared with: where each track that may go on was seen last. */
class Film {
  readonly tracks: Track[] = [];
  /** Labels of the last place of each open track; later frames cover earlier ones. */
  readonly last: Int32Array;
  readonly #options: Required<TrackLabelsOptions>;

  constructor(size: number, options: Required<TrackLabelsOptions>) {
    this.last = new Int32Array(size);
    this.#options = options;
  }

  start(frame: number, parent: number): number {
    const label = this.tracks.length + 1;
    this.tracks.push({ label, start: frame, parent, end: frame });
    return label;
  }

  /** The tracks' labels of a frame's objects, by rank. */
  follow(overlaps: Overlaps, frame: number): number[] {
    const { labelsA, labelsB, areasB, pairs } = overlaps;
    const labels: number[] = new Array(labelsB.length).fill(0);
    const daughters = new Map<number, number[]>();
    for (const { a, b, pixels } of pairs) {
      // Most of a daughter lies where its mother was, the frame before.
      const isSeen = this.tracks[labelsA[a] - 1].end === frame - 1;
      if (!isSeen || 2 * pixels <= areasB[b]) continue;
      const inside = daughters.get(a);
      if (inside) inside.push(b);
      else daughters.set(a, [b]);
    }
    for (const [a, inside] of daughters) {
      const largest = inside.reduce((most, b) => Math.max(most, areasB[b]), 0);
      const ranks = inside.filter((b) => SISTERS * areasB[b] >= largest);
      if (ranks.length < 2 || !this.#isDivision(overlaps, a, ranks)) continue;
      for (const b of ranks) labels[b] = this.start(frame, labelsA[a]);
    }
    const mothers = new Set(labels.flatMap((label) => (label > 0 ? [this.tracks[label - 1].parent] : [])));
    const free = pairs.filter(
      ({ a, b, iou }) => iou >= this.#options.threshold && labels[b] === 0 && !mothers.has(labelsA[a]),
    );
    const edges = free.map(({ a, b, iou }) => ({ a, b, weight: iou }));
    for (const index of assign(edges, labelsA.length, labelsB.length)) {
      const { a, b } = free[index];
      labels[b] = labelsA[a];
      this.tracks[labels[b] - 1].end = frame;
    }
    return labels.map((label) => label || this.start(frame, 0));
  }

  /** Whether several objects together are what one was, and none of them is it alone. */
  #isDivision({ areasA, areasB, pairs }: Overlaps, mother: number, daughters: readonly number[]): boolean {
    const parts = pairs.filter(({ a, b }) => a === mother && daughters.includes(b));
    const shared = parts.reduce((sum, { pixels }) => sum + pixels, 0);
    const area = daughters.reduce((sum, rank) => sum + areasB[rank], 0);
    const together = shared / (areasA[mother] + area - shared);
    return together >= this.#options.threshold && parts.every(({ iou }) => iou < together);
  }

  /** Take the labels of a frame as the last places, and forget the tracks that have been missing for too long. */
  remember(frame: Int32Array, time: number): void {
    const { maxGap } = this.#options;
    const isOpen = this.tracks.map(({ end }) => end === time || time - end <= maxGap);
    const mothers = new Set(this.tracks.map(({ parent }) => parent));
    for (let pixel = 0; pixel < frame.length; pixel++) {
      const before = this.last[pixel];
      const isGone = before > 0 && this.tracks[before - 1].end < time;
      const isKept = isGone && isOpen[before - 1] && !mothers.has(before);
      this.last[pixel] = frame[pixel] > 0 ? frame[pixel] : isKept ? before : 0;
    }
  }
}

function checkedOptions({ threshold = 0.25, maxGap = 0 }: TrackLabelsOptions): Required<TrackLabelsOptions> {
  if (!(threshold > 0 && threshold <= 1)) {
    throw new RangeError(`Cannot ${action}: threshold must be above 0 and at most 1, got ${threshold}`);
  }
  if (!Number.isInteger(maxGap) || maxGap < 0) {
    throw new RangeError(`Cannot ${action}: maxGap must be a number of frames from 0, got ${maxGap}`);
  }
  return { threshold, maxGap };
}

/** The axes of a film, with the spacing that is known of them. */
const filmDimensions = ({ ndim, dimensions }: NdArray): Dimension[] =>
  ["T", ..."ZYX".slice(1 - ndim)].map(
    (name) => dimensions?.find((dimension) => dimension.name === name) ?? { name },
  );

/**
 * Follow the objects of a film by their overlap, with divisions and gaps.
 *
 * From frame to frame objects are assigned one to one, so that the sum of their intersections over union is largest. An
 * object divides if two or more objects of the next frame have more than half of their pixels where it was, and are
 * together more like it than any of them alone (what has less than a quarter of the largest one's pixels is none of
 * them): its track ends, and theirs begin, with it as parent. With `maxGap` a
 * track may be missing in some frames, and goes on if an object comes back to where it was seen last.
 *
 * @param film labels of each frame, `[t, y, x]` or `[t, z, y, x]` integers, 0 = background; not modified
 * @param options.threshold least intersection over union, default 0.25
 * @param options.maxGap for how many frames an object may be missing, default 0
 * @returns the labels, of which time is the first axis, and a table of the tracks
 * @throws {TypeError} if the labels are no integers
 * @throws {RangeError} if the axes are others, or an option is out of range
 * @example
 * const { labels, tracks } = trackLabels(stack([first, second, third]), { maxGap: 1 });
 */
export function trackLabels(film: NdArray, options: TrackLabelsOptions = {}): TrackedLabels {
  checkOptions({ name: "trackLabels", action, options: ["threshold", "maxGap"] }, options);
  const checked = checkedOptions(options);
  if (!(film instanceof NdArray)) {
    throw new TypeError(
      `Cannot ${action}: an NdArray is needed, got ${typeof film}; use stack([first, second])`,
    );
  }
  if (film.ndim !== 3 && film.ndim !== 4) {
    throw new RangeError(
      `Cannot ${action}: the axes must be [t, y, x] or [t, z, y, x], got shape [${film.shape.join(", ")}]`,
    );
  }
  const [frames, ...shape] = film.shape;
  const size = sizeOf(shape);
  const followed = new Film(size, checked);
  const buffer = new Int32Array(film.size);
  const last = new NdArray({ dtype: "int32", shape, buffer: followed.last });
  for (let time = 0; time < frames; time++) {
    const frame = film.at(time);
    const overlaps = findOverlaps(labelImage(last, action), labelImage(frame, action), action);
    const labels = followed.follow(overlaps, time);
    const renamed = new Map(Array.from(overlaps.labelsB, (label, rank) => [label, labels[rank]]));
    const target = buffer.subarray(time * size, (time + 1) * size);
    const { data } = frame;
    for (let pixel = 0; pixel < size; pixel++) target[pixel] = renamed.get(Number(data[pixel])) ?? 0;
    followed.remember(target, time);
  }
  const column = (of: (track: Track) => number) => Int32Array.from(followed.tracks, of);
  return {
    labels: new NdArray({
      dtype: "int32",
      shape: film.shape,
      buffer,
      role: "labels",
      dimensions: filmDimensions(film),
    }),
    tracks: new Table({
      label: column(({ label }) => label),
      start: column(({ start }) => start),
      end: column(({ end }) => end),
      parent: column(({ parent }) => parent),
    }),
  };
}
