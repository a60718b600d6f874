import type { NdArray } from "@bioengine/ndarray";

/** Whether an array most likely lists points, `[y, x]` or `[z, y, x]` in each row, since no picture is that narrow. */
export function isPointList({ ndim, shape, role }: NdArray): boolean {
  return ndim === 2 && (shape[1] === 2 || shape[1] === 3) && role !== "labels";
}
