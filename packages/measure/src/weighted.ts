import { gather } from "./intensity";
import { addRow, type Moments, normalizedMoments, ORDERS, scale, shift, zeroMoments } from "./moments";
import type { Region } from "./region";
import { REGION_RUN } from "./regionruns";

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

/** Σ w (z - cz)^p (y - cy)^q (x - cx)^r over the region's pixels. */
function weightedAbout(region: Region, values: Float64Array, centre: readonly number[]): Moments {
  const { runs, begin, end, measured } = region;
  const { ndim } = measured.labels;
  const [cy, cx] = centre.slice(-2);
  const cz = ndim === 3 ? centre[0] : 0;
  const moments = zeroMoments(ndim);
  let used = 0;
  for (let at = begin; at < end; at += REGION_RUN) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    const stop = runs[at + 3] - cx;
    for (let x = runs[at + 2] - cx; x < stop; x++) {
      const w = values[used++];
      const wx = w * x;
      const wxx = wx * x;
      s0 += w;
      s1 += wx;
      s2 += wxx;
      s3 += wxx * x;
    }
    addRow(moments, runs[at] - cz, runs[at + 1] - cy, s0, s1, s2, s3);
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
function nonFiniteMoments(region: Region, values: Float64Array, inBox: number): WeightedMoments {
  const { start, measured } = region;
  const inside = values.subarray(0, region.size).filter((value) => !Number.isFinite(value)).length;
  const raw = weightedAbout(region, values, start);
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
  const { values } = gather(region, channel);
  const inBox = nonFiniteInBox(region, channel);
  if (inBox > 0) return nonFiniteMoments(region, values, inBox);
  const { centre } = region;
  const about = weightedAbout(region, values, centre);
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
