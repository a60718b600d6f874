import { assembly } from "@bioengine/ndarray";
import { type LabelImage, tooLarge } from "./labelimage";
import { GROUP, RUN_BYTES, scanKernel } from "./scankernel";

/** An image as its runs of equal pixels in a row; pixels of 0 have none. */
export interface Runs {
  /** Value, first column and column after the last of each run, in C order. */
  readonly table: Int32Array;
  /** Index of the first run of each row, planes after one another; one more at the end. */
  readonly rowStart: Int32Array;
  readonly count: number;
  /** The largest value; 0 if none is above. */
  readonly largest: number;
}

/** Elements of `table` for one run. */
export const RUN: number = RUN_BYTES / 4;

/** Pixels whose runs are found at a time, so that they and the runs stay in the processor's cache. */
const PIXELS = 1 << 16;

const CACHE_LINE = 64;

/** A kernel at work on memory for so many pixels. */
interface Scanner {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly run: (...values: number[]) => void;
  /** Where the runs and the pixels are; the beginnings of the rows are at 0. */
  readonly table: number;
  /** From here on the runs may have no room for those of as many pixels again. */
  readonly full: number;
  readonly image: number;
}

function makeScanner(bits: number, signed: boolean, pixels: number): Scanner {
  const table = 4 * (pixels + 2);
  const full = table + RUN_BYTES * pixels;
  // Copies to addresses that aren't whole lines of the cache take several times as long.
  const image = CACHE_LINE * Math.ceil((full + RUN_BYTES * (pixels + 1)) / CACHE_LINE);
  const { buffer, run } = assembly.withMemory(
    scanKernel(bits, signed),
    image + ((pixels + GROUP + 1) * bits) / 8,
  );
  return { bytes: new Uint8Array(buffer), words: new Int32Array(buffer), run, table, full, image };
}

/** Those for rows of usual length, by bits. */
const scanners: Record<string, Scanner> = {};

function scannerOf({ bits, signed, width }: LabelImage): Scanner {
  if (width > PIXELS) return makeScanner(bits, signed, width);
  const name = `${signed ? "int" : "uint"}${bits}`;
  scanners[name] ??= makeScanner(bits, signed, PIXELS);
  return scanners[name];
}

/**
 * A larger table: as long as needed once it is complete, before that for as many more runs a row as there were up to
 * `share` of the image, or twice as large.
 */
function grown(table: Int32Array, used: number, share: number): Int32Array {
  const length = share < 1 ? Math.max(Math.ceil((1.2 * used) / share), 2 * table.length) : used;
  const larger = new Int32Array(length);
  larger.set(table);
  return larger;
}

/**
 * Find the runs of an image: the one pass over all pixels, as everything after it walks runs. Values of 32 unsigned
 * bits from 2^31 on come out negative.
 */
export function scanRuns(labels: LabelImage): Runs {
  const { bits, depth, height, width } = labels;
  const rows = depth * height;
  const rowStart = new Int32Array(rows + 1);
  let table: Int32Array = new Int32Array(0);
  let used = 0;
  let largest = 0;
  if (width > 0 && rows > 0) {
    const { bytes, words, run, ...places } = scannerOf(labels);
    const rowBytes = (width * bits) / 8;
    let end = places.table;
    const rowsAtOnce = Math.max(1, Math.floor(PIXELS / width));
    for (let row = 0; row < rows; row += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, rows - row);
      bytes.set(labels.bytes.subarray(row * rowBytes, (row + count) * rowBytes), places.image);
      run(places.image, count, width, end, 0);
      for (let i = 0; i <= count; i++) {
        rowStart[row + i] = ((words[i] >>> 0) - places.table) / RUN_BYTES + used / RUN;
      }
      largest = Math.max(largest, words[count + 1]);
      end = words[count] >>> 0;
      if (end < places.full && row + count < rows) continue;
      const found = words.subarray(places.table / 4, end / 4);
      const before = used;
      used += found.length;
      if (used > table.length) table = grown(table, used, (row + count) / rows);
      table.set(found, before);
      end = places.table;
    }
  }
  return { table, rowStart, count: used / RUN, largest };
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
