import type { Floats } from "./image";
import { type Border, filterLines, type LineFilter } from "./lines";

/** Correlates with symmetric weights: four sums at a time, for which each weight costs two reads. */
const correlating =
  (half: Float64Array): LineFilter =>
  (values, from, length) => {
    const radius = half.length - 1;
    // What is written lies to the left of all that is still read.
    for (let at = from, middle = from + radius; at < from + length; at += 4, middle += 4) {
      let left0 = values[middle];
      let left1 = values[middle + 1];
      let left2 = values[middle + 2];
      let left3 = values[middle + 3];
      let right0 = left0;
      let right1 = left1;
      let right2 = left2;
      let right3 = left3;
      let sum0 = half[0] * left0;
      let sum1 = half[0] * left1;
      let sum2 = half[0] * left2;
      let sum3 = half[0] * left3;
      for (let k = 1; k <= radius; k++) {
        const weight = half[k];
        left3 = left2;
        left2 = left1;
        left1 = left0;
        left0 = values[middle - k];
        right0 = right1;
        right1 = right2;
        right2 = right3;
        right3 = values[middle + k + 3];
        sum0 += weight * (left0 + right0);
        sum1 += weight * (left1 + right1);
        sum2 += weight * (left2 + right2);
        sum3 += weight * (left3 + right3);
      }
      values[at] = sum0;
      values[at + 1] = sum1;
      values[at + 2] = sum2;
      values[at + 3] = sum3;
    }
  };

/**
 * Correlate along one axis with symmetric weights (SciPy's `correlate1d`), in place; sums in float64.
 *
 * @param half the weights from the middle to the right end
 */
export function correlateAxis(
  data: Floats,
  shape: readonly number[],
  axis: number,
  half: Float64Array,
  border: Border,
): void {
  filterLines(data, shape, axis, half.length - 1, border, correlating(half));
}

/** The difference of each pixel's neighbours, the next one less the one before, in place. */
export function differAxis(data: Floats, shape: readonly number[], axis: number, border: Border): void {
  filterLines(data, shape, axis, 1, border, (values, from, length) => {
    for (let at = from; at < from + length; at++) values[at] = values[at + 2] - values[at];
  });
}

/**
 * The mean of so many pixels around each one along one axis, in place: sums up to each block's end and on from its start
 * add up to any, so that the number of pixels costs nothing, and none but theirs are in a mean.
 *
 * @param side how many pixels, odd
 */
export function averageAxis(
  data: Floats,
  shape: readonly number[],
  axis: number,
  side: number,
  border: Border,
): void {
  const tails = new Float64Array(shape[axis] + side);
  const share = 1 / side;
  filterLines(data, shape, axis, (side - 1) / 2, border, (values, from, length) => {
    for (let start = 0; start < length; start += side) {
      let tail = 0;
      for (let i = start + side - 1; i >= start; i--) tails[i] = tail += values[from + i];
      // What is written lies to the left of all that is still read.
      let head = 0;
      for (let i = start, end = Math.min(start + side, length); i < end; i++) {
        values[from + i] = (tails[i] + head) * share;
        head += values[from + i + side];
      }
    }
  });
}
