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

/** Whether eight words from `at` on are all equal to another. */
function areEqual(words: Int32Array, at: number, word: number): boolean {
  const first = (words[at] ^ word) | (words[at + 1] ^ word) | (words[at + 2] ^ word) | (words[at + 3] ^ word);
  const then =
    (words[at + 4] ^ word) | (words[at + 5] ^ word) | (words[at + 6] ^ word) | (words[at + 7] ^ word);
  return (first | then) === 0;
}

/** 1 for all numbers but 0, which has 0. */
const isSet = (bits: number): number => (bits | (0 - bits)) >>> 31;

/** Index of the lowest bit that is set. */
const lowestBit = (bits: number): number => 31 - Math.clz32(bits & (0 - bits));

/** How many of eight words from `at` on come before the first that differs; no branch for a processor to guess. */
function equalWords(words: Int32Array, at: number, word: number): number {
  const first =
    isSet(words[at] ^ word) |
    (isSet(words[at + 1] ^ word) << 1) |
    (isSet(words[at + 2] ^ word) << 2) |
    (isSet(words[at + 3] ^ word) << 3);
  const then =
    (isSet(words[at + 4] ^ word) << 4) |
    (isSet(words[at + 5] ^ word) << 5) |
    (isSet(words[at + 6] ^ word) << 6) |
    (isSet(words[at + 7] ^ word) << 7);
  return lowestBit(first | then);
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
      if (different === 0) {
        word++;
        while (word + 8 <= endWord && areEqual(words, word, filled)) word += 8;
        if (word + 8 <= endWord) word += equalWords(words, word, filled);
        else while (word < endWord && words[word] === filled) word++;
        if (word < endWord) different = words[word] ^ filled;
      }
      // The lowest bit that differs belongs to the first pixel after the run.
      pixel = different === 0 ? end : (word << shift) + (lowestBit(different) >> toBits);
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
