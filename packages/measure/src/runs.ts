import { type LabelImage, tooLarge } from "./labelimage";

/** An image as its runs of equal pixels in a row; pixels of 0 have none. */
export interface Runs {
  /** Value, first column and column after the last of each run, in C order. */
  readonly table: Int32Array;
  /** Index of the first run of each row, planes after one another; one more at the end. */
  readonly rowStart: Int32Array;
  readonly count: number;
}

/** Elements of `table` for one run. */
export const RUN = 3;

/** Elements of a region's runs for one run: plane, row, first column, column after the last. */
export const REGION_RUN = 4;

function grown(table: Int32Array, length: number): Int32Array {
  const larger = new Int32Array(Math.max(length, 2 * table.length));
  larger.set(table);
  return larger;
}

/**
 * Find the runs of an image: the one pass over all pixels, as everything after it walks runs.
 *
 * Pixels are compared a 32-bit word at a time, so that 8- and 16-bit labels take a quarter and half of the steps
 * (every platform that Node is built for today but s390x is little-endian). Values of 32 unsigned bits from 2^31 on
 * come out negative.
 */
export function scanRuns({ words, bits, signed, depth, height, width }: LabelImage): Runs {
  const rows = depth * height;
  // A word holds 1 << shift pixels.
  const shift = bits === 8 ? 2 : bits === 16 ? 1 : 0;
  const last = (1 << shift) - 1;
  const toBits = 5 - shift;
  const mask = bits === 32 ? -1 : (1 << bits) - 1;
  const repeat = bits === 8 ? 0x01010101 : bits === 16 ? 0x00010001 : 1;
  const unused = signed ? 32 - bits : 0;
  const rowStart = new Int32Array(rows + 1);
  let table: Int32Array = new Int32Array(RUN * (8 * rows + width));
  let used = 0;
  let pixel = 0;
  for (let row = 0; row < rows; row++) {
    rowStart[row] = used / RUN;
    if (used + RUN * width > table.length) table = grown(table, used + RUN * width);
    const begin = pixel;
    const end = begin + width;
    const endWord = (end + last) >> shift;
    while (pixel < end) {
      const first = pixel;
      let word = pixel >> shift;
      const place = (pixel & last) << toBits;
      const value = (words[word] >> place) & mask;
      const filled = Math.imul(value, repeat);
      // What differs in this word from the run's first pixel on, and then in the words after it.
      let different = (words[word] ^ filled) & (-1 << place);
      while (different === 0 && ++word < endWord) different = words[word] ^ filled;
      // The lowest bit that differs belongs to the first pixel after the run.
      pixel = different === 0 ? end : (word << shift) + ((31 - Math.clz32(different & -different)) >> toBits);
      if (pixel > end) pixel = end;
      if (value === 0) continue;
      table[used] = (value << unused) >> unused;
      table[used + 1] = first - begin;
      table[used + 2] = pixel - begin;
      used += RUN;
    }
  }
  rowStart[rows] = used / RUN;
  return { table, rowStart, count: used / RUN };
}

/**
 * The runs of a label image, whose values below 1 callers skip as background.
 *
 * @throws {RangeError} if a label is 2^31 or more
 */
export function labelRuns(image: LabelImage, action: string): Runs {
  const runs = scanRuns(image);
  if (!image.signed && image.bits === 32) {
    for (let at = 0; at < runs.count * RUN; at += RUN) {
      if (runs.table[at] < 0) throw tooLarge(action, runs.table[at] >>> 0);
    }
  }
  return runs;
}

/** The labels above 0 in ascending order, and where each stands in that order. */
export function rankLabels({ table, count }: Runs): {
  labels: Int32Array;
  rankOf: (label: number) => number;
} {
  const found = new Set<number>();
  for (let at = 0, previous = 0; at < count * RUN; at += RUN) {
    const label = table[at];
    if (label > 0 && label !== previous) found.add(label);
    previous = label;
  }
  const labels = Int32Array.from(found).sort();
  const largest = labels.length === 0 ? 0 : labels[labels.length - 1];
  if (largest > DENSE) {
    const ranks = new Map(Array.from(labels, (label, rank) => [label, rank]));
    return { labels, rankOf: (label) => ranks.get(label) ?? -1 };
  }
  const ranks = new Int32Array(largest + 1);
  labels.forEach((label, rank) => {
    ranks[label] = rank;
  });
  return { labels, rankOf: (label) => ranks[label] };
}

// Up to this label a table of all labels up to the largest is small and faster than a map.
const DENSE = 1 << 22;
