import { outlineKernel, WORD } from "./outlinekernel";
import type { Region } from "./region";
import { memoryOf, RESULT_BYTES } from "./regionmemory";

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

/** Count what a region's outline is made of. */
export function outlineOf(region: Region): Outline {
  const { start, stop } = region;
  const rows = stop[0] - start[0];
  const rowBytes = WORD * (((stop[1] - start[1]) >> 6) + 1);
  // Rows are compared up to the one below the last, and those with the ones before and after.
  const plane = (rows + 3) * rowBytes + 2 * WORD;
  const memory = memoryOf(region);
  const { runsEnd, valuesEnd } = memory;
  memory.reserve(valuesEnd + 2 * plane);
  const { words } = memory;
  words.fill(0, valuesEnd / 4, (valuesEnd + 2 * plane) / 4);
  const first = valuesEnd + rowBytes;
  const end = first + (rows + 1) * rowBytes;
  const origin = start[0] * 8 * rowBytes + start[1];
  memory.run(outlineKernel)(RESULT_BYTES, runsEnd, rowBytes, origin, first, end, plane, 0);
  const [crossings, slants, euler, straight, diagonal, mixed] = [0, 2, 4, 6, 8, 10].map((at) => words[at]);
  return { crossings, slants, euler, straight, diagonal, mixed };
}
