import { gaussianHalf } from "../filter/gaussian";
import { filterRows, type RowFilter } from "../filter/rowfilter";
import { itself, symmetric } from "../filter/taps";
import {
  farthest,
  ownPatches,
  type PatchSearch,
  type PatchSums,
  patchWeight,
  stepsOnward,
} from "./patchweight";

/** For each padded pixel how it differs from that a step on: squared, over all channels, less the noise. */
function differences({ channels, noise, cutoff }: PatchSearch, step: number, into: Float64Array): void {
  const from = Math.max(0, -step);
  const to = into.length - Math.max(0, step);
  const share = 1 / (channels.length * cutoff);
  into.fill(0);
  for (const values of channels) {
    for (let at = from; at < to; at++) {
      const difference = values[at] - values[(at + step) | 0];
      into[at] += (difference * difference - noise) * share;
    }
  }
}

/** The distance of a patch from sums over its lines, or planes; infinite where scikit-image stops on its way. */
function distanceOf(sums: Float64Array, first: number, stride: number, weights: Float64Array): number {
  let distance = 0;
  for (let i = 0, at = first; i < weights.length; i++, at += stride) {
    if (distance > farthest) return Number.POSITIVE_INFINITY;
    distance += weights[i] * sums[at];
  }
  return distance;
}

/**
 * Sums over patches that are compared with weights falling from their middles (Buades, Coll & Morel 2005), within the
 * image.
 */
export function nonLocalMeans(search: PatchSearch): PatchSums[] {
  const { channels, shape, row, plane, borders, radii, reach } = search;
  const sums = ownPatches(search);
  const squares = new Float64Array(channels[0].length);
  const half = radii[2] > 0 ? gaussianHalf(radii[2] / 2, 2) : Float64Array.of(1);
  const weights = Float64Array.from(
    { length: 2 * half.length - 1 },
    (_, i) => half[Math.abs(i + 1 - half.length)],
  );
  // Along the first axis patches are summed up one by one, as it is there that sums may stop.
  const isVolume = radii[0] > 0;
  const stride = isVolume ? plane : row;
  const along = symmetric(half);
  const across: RowFilter = {
    shape: [squares.length / plane, plane / row, row],
    down: isVolume ? along : itself,
    along,
    step: 1,
  };
  const lines = new Float64Array(squares.length);
  for (const [stepZ, stepY, stepX] of stepsOnward(reach)) {
    const step = stepZ * plane + stepY * row + stepX;
    differences(search, step, squares);
    filterRows(squares, lines, across, { mode: "nearest", cval: 0 });
    const lastX = shape[2] - Math.max(0, stepX);
    for (let z = 0; z < shape[0] - stepZ; z++) {
      for (let y = Math.max(0, -stepY); y < shape[1] - Math.max(0, stepY); y++) {
        const line = (z + borders[0]) * plane + (y + borders[1]) * row + borders[2];
        const first = line - (half.length - 1) * stride;
        for (let x = Math.max(0, -stepX); x < lastX; x++) {
          const distance = distanceOf(lines, first + x, stride, weights);
          // Far beyond the end of the weights scikit-image's become negative.
          if (distance > 700) continue;
          const weight = patchWeight(distance > 0 ? distance : 0);
          const here = line + x;
          const there = here + step;
          for (let channel = 0; channel < channels.length; channel++) {
            const values = channels[channel];
            const { weights: all, weighted } = sums[channel];
            all[here] += weight;
            all[there] += weight;
            weighted[here] += weight * values[there];
            weighted[there] += weight * values[here];
          }
        }
      }
    }
  }
  return sums;
}
