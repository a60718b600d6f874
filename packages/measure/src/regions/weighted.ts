import { gather, valuesOf } from "./intensity";
import { addPlane, type Moments, normalizedMoments, ORDERS, scale, shift, zeroMoments } from "./moments";
import type { Region } from "./region";
import { RESULT_BYTES } from "./regionmemory";
import { REGION_RUN } from "./regionruns";
import { weightedKernel } from "./weightedkernel";

/** Moments of a region's pixels weighted by one channel, scaled by the spacing. */
export interface WeightedMoments {
  /** From the corner of the bounding box. */
  readonly raw: Moments;
  /** About the weighted centroid. */
  readonly central: Moments;
  /** The same, and not dependent on scale. */
  readonly normalized: Moments;
  /** Weighted centroid from the corner of the bounding box. */
  readonly local: readonly number[];
}

/** Σ w (z - cz)^p (y - cy)^q (x - cx)^r over the region's pixels, for a whole centre. */
function weightedAbout(region: Region, channel: number, centre: readonly number[]): Moments {
  const { runs, begin, end, measured } = region;
  const { ndim } = measured.labels;
  const [cy, cx] = centre.slice(-2);
  const memory = gather(region, channel);
  const run = memory.run(weightedKernel);
  const moments = zeroMoments(ndim);
  let { values } = memory;
  for (let from = begin; from < end; ) {
    let to = from;
    let size = 0;
    for (; to < end && runs[to] === runs[from]; to += REGION_RUN) size += runs[to + 3] - runs[to + 2];
    const first = RESULT_BYTES + 4 * (from - begin);
    run(first, first + 4 * (to - from), values, cy, cx, 0);
    addPlane(moments, ndim === 3 ? runs[from] - centre[0] : 0, memory.numbers);
    values += 8 * size;
    from = to;
  }
  return moments;
}

/** How many values in the bounding box, the region's or not, are NaN or infinite. */
function nonFiniteInBox({ measured, start, stop }: Region, channel: number): number {
  const { intensities, labels } = measured;
  if (!intensities?.float) return 0;
  const { data, channels } = intensities;
  const [top, left] = start.slice(-2);
  const [bottom, right] = stop.slice(-2);
  const [front, back] = labels.ndim === 3 ? [start[0], stop[0]] : [0, 1];
  let count = 0;
  for (let z = front; z < back; z++) {
    for (let y = top; y < bottom; y++) {
      const row = (z * labels.height + y) * labels.width;
      for (let x = row + left; x < row + right; x++) {
        if (!Number.isFinite(data[x * channels + channel])) count++;
      }
    }
  }
  return count;
}

/** The moments where some value isn't finite: those of NaN, or sums that an infinity leaves infinite. */
function nonFiniteMoments(region: Region, channel: number, inBox: number): WeightedMoments {
  const { start, measured } = region;
  const values = valuesOf(region, gather(region, channel));
  const inside = values.filter((value) => !Number.isFinite(value)).length;
  const raw = weightedAbout(region, channel, start);
  if (inBox > inside) raw.fill(Number.NaN);
  const central = raw.slice().fill(Number.NaN, 1);
  const local = start.map(() => Number.NaN);
  return {
    raw: scale(raw, measured.spacing),
    central,
    normalized: normalizedMoments(central, measured.spacing),
    local,
  };
}

/**
 * Weighted moments of one channel. As in scikit-image, which multiplies the box by the mask, NaN or infinity anywhere
 * in the bounding box spoils them: 0 times NaN is NaN outside the region too.
 */
export function weightedMoments(region: Region, channel: number): WeightedMoments {
  const { spacing } = region.measured;
  const inBox = nonFiniteInBox(region, channel);
  if (inBox > 0) return nonFiniteMoments(region, channel, inBox);
  const { centre } = region;
  const about = weightedAbout(region, channel, centre);
  const toCorner = region.start.map((start, axis) => start - centre[axis]);
  const toCentroid = spacing.map((_, axis) => about[ORDERS ** (spacing.length - 1 - axis)] / about[0]);
  const raw = scale(shift(about.slice(), toCorner), spacing);
  const central = scale(shift(about, toCentroid), spacing);
  return {
    raw,
    central,
    normalized: normalizedMoments(central, spacing),
    local: toCentroid.map((offset, axis) => (offset - toCorner[axis]) * spacing[axis]),
  };
}
