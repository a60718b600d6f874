import { type Border, borderIndices } from "../border";
import type { Scaled } from "../image";
import { strideOf } from "../rowstride";
import { bringStrip, columnsOf } from "../strip";
import { rowSums } from "./rowsums";

/** Takes the slopes of a row, which the next one overwrites. */
export type SlopeVisitor = (y: number, down: Float64Array, right: Float64Array) => void;

/**
 * Visit an image's slopes row by row: the difference of each pixel's neighbours along one axis, smoothed along the other;
 * no array of the image's size is made.
 *
 * @param data `[y, x]`; not modified
 * @param smoothing the weights of the middle and of both sides
 */
export function visitSlopes(
  data: Scaled["values"],
  [height, width]: readonly number[],
  [middle, side]: readonly number[],
  border: Border,
  visit: SlopeVisitor,
): void {
  const lines = borderIndices(height, 1, 1, border.mode);
  const columns = columnsOf(width, 1, 1, border);
  const strip = { start: 0, end: width };
  const stride = strideOf(width + 2, 8);
  const { values, setTerm, sum } = rowSums(
    5 * stride,
    4,
    data instanceof Float32Array ? "float32" : "float64",
  );
  const [down, right] = [3 * stride, 4 * stride];
  /** The difference of weighted sums of three values; of equal ones exactly 0. */
  const differ = (target: number, ahead: readonly number[], behind: readonly number[]) => {
    setTerm(0, ahead[1], ahead[1], middle / 2);
    setTerm(1, behind[1], behind[1], -middle / 2);
    setTerm(2, ahead[0], ahead[2], side);
    setTerm(3, behind[0], behind[2], -side);
    sum(target, width, 4);
  };
  const bring = (line: number) => {
    const row = lines[line] < 0 ? -1 : lines[line] * width;
    bringStrip(values, (line % 3) * stride, data, row, strip, columns, border.cval);
  };
  bring(0);
  bring(1);
  const downOf = values.subarray(down, down + width);
  const rightOf = values.subarray(right, right + width);
  for (let y = 0; y < height; y++) {
    bring(y + 2);
    const rows = [y, y + 1, y + 2].map((line) => (line % 3) * stride);
    const [above, , below] = rows;
    differ(down, [below, below + 1, below + 2], [above, above + 1, above + 2]);
    differ(
      right,
      rows.map((row) => row + 2),
      rows,
    );
    visit(y, downOf, rightOf);
  }
}
