import { assembly } from "@bioengine/ndarray";
import { followKernel } from "./followkernel";

const FIELD = 16;

/**
 * Follow the flows from every foreground pixel to where they end (Stringer et al. 2021, cellpose's `follow_flows` with
 * bilinear interpolation). Positions and steps are rounded to float32 as there, so that paths end in the same pixels;
 * it also brings nearly all of them to rest, to the last bit, long before the last step.
 *
 * @param flows `[2, y, x]` float32 in C order, y before x, in fifths of a pixel a step as the network gives them
 * @param foreground indices of the pixels to start from; their flows are finite, and those of all others count as 0
 * @param steps number of Euler steps
 * @returns index of the end pixel of each start
 * @throws {RangeError} if there isn't enough memory: 8 bytes a pixel of the image and 4 a start, and no more than 4 GiB
 */
export function followFlows(
  flows: Float32Array,
  foreground: Int32Array,
  height: number,
  width: number,
  steps: number,
): Int32Array {
  const count = foreground.length;
  if (count === 0) return new Int32Array(0);
  const size = height * width;
  // Beyond the last pixel lie a row and a pixel of nothing, for the corners of those at the border.
  const paths = FIELD + 8 * (size + width + 2);
  const end = paths + 4 * (count + (count % 2));
  const { buffer, run } = assembly.withMemory(followKernel, end);
  new Float32Array(buffer, 0, 4).set([height - 1, width - 1, height - 1, width - 1]);
  const field = new Float32Array(buffer, FIELD, 2 * size);
  for (const pixel of foreground) {
    field[2 * pixel] = flows[pixel] / 5;
    field[2 * pixel + 1] = flows[size + pixel] / 5;
  }
  const ends = new Int32Array(buffer, paths, count);
  ends.set(foreground);
  run(FIELD, paths, end, width, steps);
  return ends;
}
