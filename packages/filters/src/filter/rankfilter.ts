import { type BorderMode, type Padded, padded, solidShape } from "../border";
import type { Window } from "../footprint";
import { denseRanks, type Ranks, rankValues } from "../ranks";
import { select } from "../select";
import { RankCounter } from "./rankcounter";
import { isSquareOfThree, squareMedians } from "./squaremedian";

// Up to these sizes a window's values are gathered anew at each pixel; in larger ones they are counted. Floats are
// sorted for that first, and many different ones are slow to count.
const SMALL = 16;
const SMALL_OF_FLOATS = 64;

/** The rank of the median; of an even number of values, of the upper middle one. */
export const middleRank = ({ size }: Window): number => size >> 1;

/** Where a window's runs begin, from a padded image's pixel on. */
function firstsOf({ runs, radii }: Window, { row, plane }: Padded): Int32Array {
  const middle = radii[0] * plane + radii[1] * row + radii[2];
  return Int32Array.from(runs, ({ z, y, x }) => middle + z * plane + y * row + x);
}

/** Values of a rank by selection among a small window's values. */
function selectRanked(
  source: Padded,
  window: Window,
  k: number,
  result: Float64Array,
  solid: readonly number[],
): void {
  const { data, row, plane } = source;
  const [depth, height, width] = solid;
  const lengths = Int32Array.from(window.runs, ({ length }) => length);
  const firsts = firstsOf(window, source);
  const values = new Float64Array(window.size);
  for (let z = 0, at = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const start = z * plane + y * row;
      for (let x = 0; x < width; x++) {
        let count = 0;
        for (let run = 0; run < firsts.length; run++) {
          const from = start + firsts[run] + x;
          for (let i = 0; i < lengths[run]; i++) values[count++] = data[from + i];
        }
        result[at++] = select(values, count, k);
      }
    }
  }
}

/** Values of a rank in a large window, of which only the ends of its runs change from pixel to pixel. */
function countRanked(
  source: Padded,
  window: Window,
  k: number,
  result: Float64Array,
  solid: readonly number[],
  { ranks, values }: Ranks,
): void {
  const { row, plane } = source;
  const [depth, height, width] = solid;
  const counter = new RankCounter(values.length);
  const lengths = Int32Array.from(window.runs, ({ length }) => length);
  const firsts = firstsOf(window, source);
  for (let z = 0, at = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const start = z * plane + y * row;
      for (let run = 0; run < firsts.length; run++) {
        const from = start + firsts[run];
        for (let i = 0; i < lengths[run]; i++) counter.add(ranks[from + i]);
      }
      for (let x = 0; x < width; x++) {
        result[at++] = values[counter.kth(k)];
        for (let run = 0; run < firsts.length; run++) {
          const from = start + firsts[run] + x;
          counter.remove(ranks[from]);
          if (x + 1 < width) counter.add(ranks[from + lengths[run]]);
        }
      }
      for (let run = 0; run < firsts.length; run++) {
        const from = start + firsts[run] + width - 1;
        for (let i = 1; i < lengths[run]; i++) counter.remove(ranks[from + i]);
      }
    }
  }
}

/**
 * The value under a window, at each pixel, that `k` others are before (SciPy's `rank_filter`).
 */
export function rankFilter(
  data: Float64Array,
  shape: readonly number[],
  window: Window,
  k: number,
  mode: BorderMode,
  cval: number,
): Float64Array {
  const solid = solidShape(shape);
  const result = new Float64Array(data.length);
  const source = padded(data, solid, window.radii, mode, cval);
  if (isSquareOfThree(window) && k === middleRank(window)) squareMedians(source, result, solid);
  else {
    const ranks =
      window.size > SMALL_OF_FLOATS
        ? rankValues(source.data)
        : window.size > SMALL
          ? denseRanks(source.data)
          : undefined;
    if (ranks) countRanked(source, window, k, result, solid, ranks);
    else selectRanked(source, window, k, result, solid);
  }
  return result;
}
