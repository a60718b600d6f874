import { assembly } from "@bioengine/ndarray";
import { type Border, borderIndices } from "../border";
import { strideOf } from "../rowstride";
import { bringStrip, columnsOf } from "../strip";
import { bilateralKernel, HEADER_BYTES, TAP_BYTES } from "./bilateralkernel";

// Compiled once, at first use.
let kernel: object | undefined;

/** How neighbours count. */
export interface BilateralWeights {
  /** By where they are in the window, row by row. */
  readonly nearness: Float64Array;
  /** By the difference of values times the scale. */
  readonly likeness: Float64Array;
  readonly scale: number;
  /** What was taken from all values. */
  readonly lowest: number;
}

/**
 * Visit the weighted means around the pixels of each row, which the next ones overwrite.
 *
 * @param data `[y, x]`; not modified
 * @param side of the window, odd
 */
export function visitBilateral(
  data: Float64Array,
  [height, width]: readonly number[],
  side: number,
  { nearness, likeness, scale, lowest }: BilateralWeights,
  border: Border,
  visit: (y: number, means: Float64Array) => void,
): void {
  const radius = side >> 1;
  const columns = columnsOf(width, radius, 1, border);
  const lines = borderIndices(height, radius, radius, border.mode);
  const strip = { start: 0, end: width };
  const stride = strideOf(width + 2 * radius, 8);
  // Where in memory things are, in numbers: the taps begin where they can be even.
  const taps = 2 * Math.ceil(HEADER_BYTES / 16);
  const weights = taps + (TAP_BYTES / 8) * nearness.length;
  const rows = weights + likeness.length;
  const found = rows + side * stride;
  kernel ??= bilateralKernel();
  const { buffer, run } = assembly.withMemory(kernel, 8 * (found + stride));
  const [numbers, places] = [new Float64Array(buffer), new Int32Array(buffer)];
  numbers.set([scale, likeness.length - 1, lowest]);
  numbers.set(likeness, weights);
  for (const [index, near] of nearness.entries()) numbers[taps + 2 * index + 1] = near;
  const rowOf = (line: number) => rows + (line % side) * stride;
  const bring = (line: number) => {
    const row = lines[line] < 0 ? -1 : lines[line] * width;
    bringStrip(numbers, rowOf(line), data, row, strip, columns, border.cval);
  };
  const means = numbers.subarray(found, found + width);
  for (let line = 0; line < side - 1; line++) bring(line);
  for (let y = 0; y < height; y++) {
    bring(y + side - 1);
    for (let index = 0; index < nearness.length; index++) {
      const [line, column] = [Math.floor(index / side), index % side];
      places[2 * (taps + 2 * index)] = 8 * (rowOf(y + line) + column);
    }
    const middle = rowOf(y + radius) + radius;
    run(8 * taps, 8 * weights, 8 * middle, 8 * found, 8 * width, 8 * weights);
    visit(y, means);
  }
}
