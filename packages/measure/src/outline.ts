import { outlineKernel, WORD } from "./outlinekernel";
import type { Region } from "./region";
import { placeRuns } from "./regionmemory";

/** What the outline of a 2-D region is made of, holes included; neighbours outside of its box are no pixels of it. */
export interface Outline {
  /** Pixels with none above, and those with none to the right. */
  readonly crossings: number;
  /** Pixels with none to the upper left, and those with none to the lower left. */
  readonly slants: number;
  /** Pieces less holes, pixels joined over corners. */
  readonly euler: number;
  /** Border pixels by where others lie that touch them: in a straight line, in an oblique one, or one in each. */
  readonly straight: number;
  readonly diagonal: number;
  readonly mixed: number;
}

const COUNTS = 6;

/** Count what a region's outline is made of. */
export function outlineOf(region: Region): Outline {
  const { begin, end, start, stop } = region;
  const rows = stop[0] - start[0];
  const rowBytes = WORD * (((stop[1] - start[1]) >> 6) + 1);
  // Rows are compared up to the one below the last, and those with the ones before and after.
  const plane = (rows + 3) * rowBytes + 2 * WORD;
  const runs = COUNTS * WORD;
  const bits = runs + 4 * (end - begin);
  const memory = placeRuns(region, runs, 2 * plane);
  const { words } = memory;
  words.fill(0, bits / 4, (bits + 2 * plane) / 4);
  const first = bits + rowBytes;
  const origin = start[0] * 8 * rowBytes + start[1];
  memory.run(outlineKernel)(runs, bits, rowBytes, origin, first, first + (rows + 1) * rowBytes, plane, 0);
  const [crossings, slants, euler, straight, diagonal, mixed] = [0, 2, 4, 6, 8, 10].map((at) => words[at]);
  return { crossings, slants, euler, straight, diagonal, mixed };
}
