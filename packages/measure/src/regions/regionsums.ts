import { assembly } from "@bioengine/ndarray";
import type { LabelImage } from "../labelimage";
import { rankLabels } from "../ranks";
import { RUN, type Runs } from "../runs";
import { RUN_BYTES } from "../scankernel";
import { FROM, SUM_BYTES, sumKernel } from "./sumkernel";

/** What one pass over the runs of an image gives of each region; a 2-D image has one plane. */
export interface RegionSums {
  /** The labels above 0, ascending. */
  readonly labels: Int32Array;
  /** For each its number of pixels, and the sums of their planes, rows and columns. */
  readonly sums: Float64Array;
  /** For each the first plane, row and column, and those after the last. */
  readonly boxes: Int32Array;
}

/** Elements of `sums` for one region. */
const SUMS = 4;

/** Elements of `boxes` for one region. */
const BOX = 6;

/** Number of pixels. */
export const sizeOf = ({ sums }: RegionSums, rank: number): number => sums[SUMS * rank];

/** First position along an axis, 0 = planes. */
export const startOf = ({ boxes }: RegionSums, rank: number, axis: number): number =>
  boxes[BOX * rank + axis];

/** Position after the last along an axis. */
export const stopOf = ({ boxes }: RegionSums, rank: number, axis: number): number =>
  boxes[BOX * rank + 3 + axis];

/** Mean position along an axis in pixels. */
export const meanOf = ({ sums }: RegionSums, rank: number, axis: number): number =>
  sums[SUMS * rank + 1 + axis] / sums[SUMS * rank];

/** Runs, and rows, that are summed up at a time, so that they stay in the processor's cache. */
const AT_ONCE = 1 << 13;

/** More memory than this isn't kept for the next call. */
const KEPT_BYTES = 1 << 22;

/** What runs are summed up by: whole numbers from 1, as a run without one counts for 0. */
interface Keys {
  /** One more than the largest. */
  readonly limit: number;
  /** That of each run; left out if it is the run's label. */
  readonly ofRuns?: Int32Array;
  readonly labelOf: (key: number) => number;
}

/** Labels are keys themselves while there aren't many more of them than runs. */
function keysOf(runs: Runs): Keys {
  if (runs.largest < runs.count + (1 << 12)) return { limit: runs.largest + 1, labelOf: (key) => key };
  const { labels, ranks } = rankLabels(runs);
  return {
    limit: labels.length + 1,
    ofRuns: ranks.map((rank) => rank + 1),
    labelOf: (key) => labels[key - 1],
  };
}

/**
 * A kernel at work on memory for the sums of so many keys, and so many runs at a time, as many as a row can have; where
 * rows begin is at 0.
 */
interface Summer {
  readonly words: Int32Array;
  readonly numbers: Float64Array;
  readonly run: assembly.Run;
  readonly table: number;
  readonly keys: number;
  readonly sums: number;
}

let compiled: object | undefined;
let kept: Summer | undefined;

function makeSummer(limit: number, runs: number): Summer {
  compiled ??= sumKernel();
  const table = 4 * AT_ONCE + SUM_BYTES;
  const keys = table + RUN_BYTES * runs;
  const sums = SUM_BYTES * Math.ceil((keys + 4 * runs) / SUM_BYTES);
  const { buffer, run } = assembly.withMemory(compiled, sums + SUM_BYTES * limit);
  return { words: new Int32Array(buffer), numbers: new Float64Array(buffer), run, table, keys, sums };
}

/** A summer whose sums are all 0. */
function summerOf(limit: number, runs: number): Summer {
  if (kept && runs <= AT_ONCE && kept.sums + SUM_BYTES * limit <= kept.words.byteLength) return kept;
  const summer = makeSummer(limit, Math.max(runs, AT_ONCE));
  if (runs <= AT_ONCE && summer.words.byteLength <= KEPT_BYTES) kept = summer;
  return summer;
}

/** Sum up the runs, block by block of rows. */
function sumUp({ words, run, ...places }: Summer, runs: Runs, { ofRuns, limit }: Keys, height: number): void {
  const { table, rowStart } = runs;
  const rows = rowStart.length - 1;
  for (let row = 0; row < rows; ) {
    const begin = rowStart[row];
    let count = 0;
    while (
      row + count < rows &&
      count < AT_ONCE &&
      (count === 0 || rowStart[row + count + 1] - begin <= AT_ONCE)
    ) {
      words[count] = places.table + RUN_BYTES * (rowStart[row + count] - begin);
      count++;
    }
    const end = rowStart[row + count];
    words[count] = places.table + RUN_BYTES * (end - begin);
    words.set(table.subarray(RUN * begin, RUN * end), places.table / 4);
    if (ofRuns) words.set(ofRuns.subarray(begin, end), places.keys / 4);
    const keys = ofRuns ? [places.keys, 4] : [places.table, RUN_BYTES];
    const z = Math.floor(row / height);
    run(places.table, keys[0], keys[1], 0, count, row - z * height, z, height, places.sums, limit);
    row += count;
  }
}

/** The sums of those keys that have any, as positions. */
function collect({ words, numbers, sums: place }: Summer, { limit, labelOf }: Keys): RegionSums {
  let count = 0;
  for (let key = 1; key < limit; key++) if (numbers[(place + SUM_BYTES * key) / 8] > 0) count++;
  const labels = new Int32Array(count);
  const sums = new Float64Array(SUMS * count);
  const boxes = new Int32Array(BOX * count);
  let rank = 0;
  for (let key = 1; key < limit; key++) {
    const at = (place + SUM_BYTES * key) / 8;
    if (numbers[at] === 0) continue;
    labels[rank] = labelOf(key);
    const sum = SUMS * rank;
    sums[sum] = numbers[at] / 2;
    sums[sum + 1] = numbers[at + 3];
    sums[sum + 2] = numbers[at + 2];
    sums[sum + 3] = numbers[at + 1] / 2;
    const box = BOX * rank;
    const word = 2 * at + 8;
    boxes[box] = FROM - words[word + 4];
    boxes[box + 1] = FROM - words[word];
    boxes[box + 2] = FROM - words[word + 1];
    boxes[box + 3] = words[word + 5];
    boxes[box + 4] = words[word + 2];
    boxes[box + 5] = words[word + 3];
    rank++;
  }
  return { labels, sums, boxes };
}

/** Sum up the runs of each label above 0. */
export function sumRegions(runs: Runs, { height, width }: LabelImage): RegionSums {
  const keys = keysOf(runs);
  const summer = summerOf(keys.limit, width);
  sumUp(summer, runs, keys, height);
  const found = collect(summer, keys);
  summer.numbers.fill(0, summer.sums / 8, (summer.sums + SUM_BYTES * keys.limit) / 8);
  return found;
}
