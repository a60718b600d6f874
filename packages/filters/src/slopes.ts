import { type Border, borderIndices } from "./border";
import type { Floats } from "./image";

/** Takes the slopes of a row, which the next one overwrites. */
export type SlopeVisitor = (y: number, down: Floats, right: Floats) => void;

/**
 * Visit an image's slopes row by row: the difference of each pixel's neighbours along one axis, smoothed along the other;
 * no array of the image's size is made.
 *
 * @param data `[y, x]`; not modified
 * @param smoothing the weights of the middle and of both sides
 */
export function visitSlopes(
  data: Floats | Uint8Array | Uint16Array,
  [height, width]: readonly number[],
  [middle, side]: readonly number[],
  { mode, cval }: Border,
  visit: SlopeVisitor,
): void {
  const rows = borderIndices(height, 1, 1, mode);
  const columns = borderIndices(width, 1, 1, mode);
  const framed = () =>
    data instanceof Float32Array ? new Float32Array(width + 2) : new Float64Array(width + 2);
  let [above, here, below] = [framed(), framed(), framed()];
  let [slopeAbove, slopeHere, slopeBelow] = [framed(), framed(), framed()];
  const [drops, down, right] = [framed(), framed(), framed()];
  for (let i = 0; i < height + 2; i++) {
    [above, here, below] = [here, below, above];
    [slopeAbove, slopeHere, slopeBelow] = [slopeHere, slopeBelow, slopeAbove];
    if (rows[i] < 0) below.fill(cval);
    else {
      below.set(data.subarray(rows[i] * width, (rows[i] + 1) * width), 1);
      for (const [at, column] of [
        [0, columns[0]],
        [width + 1, columns[width + 1]],
      ]) {
        below[at] = column < 0 ? cval : below[column + 1];
      }
    }
    subtract(slopeBelow, below.subarray(2), below, width);
    if (i < 2) continue;
    subtract(drops, below, above, width + 2);
    sum(down, drops.subarray(1), drops, drops.subarray(2), width, middle, side);
    sum(right, slopeHere, slopeAbove, slopeBelow, width, middle, side);
    visit(i - 2, down, right);
  }
}

function subtract(result: Floats, from: Floats, values: Floats, count: number): void {
  for (let x = 0; x < count; x++) result[x] = from[x] - values[x];
}

/** The weighted sum of three rows. */
function sum(
  result: Floats,
  center: Floats,
  before: Floats,
  after: Floats,
  count: number,
  middle: number,
  side: number,
): void {
  for (let x = 0; x < count; x++) result[x] = middle * center[x] + side * (before[x] + after[x]);
}
