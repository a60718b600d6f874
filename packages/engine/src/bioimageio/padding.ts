import type { NdArray } from "@bioengine/ndarray";
import { zeros } from "@bioengine/ndarray";
import type { PadMode } from "./bioimageio";

/** How many elements come before and after an axis. */
export type PadWidth = readonly [before: number, after: number];

/** Which element of an axis stands at a position, which may lie outside; -1: none, a constant. */
function sourceOf(position: number, length: number, mode: PadMode): number {
  if (position >= 0 && position < length) return position;
  if (typeof mode === "object") return -1;
  if (mode === "edge") return position < 0 ? 0 : length - 1;
  // numpy's "symmetric" repeats the last element, "reflect" doesn't.
  const period = mode === "symmetric" ? 2 * length : Math.max(1, 2 * length - 2);
  const folded = ((position % period) + period) % period;
  return folded < length ? folded : period - folded - (mode === "symmetric" ? 1 : 0);
}

/**
 * Make an array longer at the ends of its axes, as numpy.pad.
 *
 * @param widths one for each axis
 * @returns a new array, or the same one if nothing is added
 */
export function pad(array: NdArray, widths: readonly PadWidth[], mode: PadMode): NdArray {
  if (widths.every(([before, after]) => before === 0 && after === 0)) return array;
  const shape = array.shape.map((length, axis) => widths[axis][0] + length + widths[axis][1]);
  const padded = zeros(shape, array.dtype);
  const value = typeof mode === "object" ? mode.constant : 0;
  const maps = shape.map((length, axis) =>
    Int32Array.from({ length }, (_, position) =>
      sourceOf(position - widths[axis][0], array.shape[axis], mode),
    ),
  );
  const source = array.data;
  const target = padded.data;
  const strides = array.shape.map((_, axis) => array.shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const last = shape.length - 1;
  const columns = maps[last];
  const rows = padded.size / Math.max(1, shape[last]);
  const constant = typeof source[0] === "bigint" ? BigInt(Math.trunc(value)) : value;
  for (let row = 0; row < rows; row++) {
    let offset = 0;
    let inside = true;
    for (let axis = last - 1, rest = row; axis >= 0; axis--) {
      const from = maps[axis][rest % shape[axis]];
      rest = Math.floor(rest / shape[axis]);
      if (from < 0) inside = false;
      offset += from * strides[axis];
    }
    for (let column = 0; column < shape[last]; column++) {
      const from = columns[column];
      target[row * shape[last] + column] = inside && from >= 0 ? source[offset + from] : constant;
    }
  }
  return padded;
}
