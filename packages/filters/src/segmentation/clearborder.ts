import { label, relabelSequential } from "@bioengine/measure";
import { checkOptions, type DType, type NdArray } from "@bioengine/ndarray";
import { solidShape } from "../border";
import { binaryOf, checkSameShape, checkSpatialImage, inverted } from "../image";
import { checkNumber } from "../option";

/** What counts as touching the edge. */
export interface ClearBorderOptions {
  /** Width of the edge, besides the outermost pixels. Default 0. */
  bufferSize?: number;
  /** What cleared pixels become. Default 0. */
  bgval?: number;
  /** Bool, of the labels' shape: what is false counts as the edge, instead of the image's edge. */
  mask?: NdArray;
}

const door = {
  name: "clearBorder",
  action: "clear the border",
  options: ["bufferSize", "bgval", "mask"],
  aliases: { buffer: "bufferSize", background: "bgval" },
};

/** The pixels within `width` of the edge of an axis that the image has. */
function edgeOf({ shape, ndim, size }: NdArray, width: number): Uint8Array {
  const [depth, height, columns] = solidShape(shape);
  const edge = new Uint8Array(size);
  const isNear = (index: number, length: number) => index < width || index >= length - width;
  for (let z = 0, at = 0; z < depth; z++) {
    for (let y = 0; y < height; y++, at += columns) {
      if ((ndim === 3 && isNear(z, depth)) || isNear(y, height)) edge.fill(1, at, at + columns);
      else {
        edge.fill(1, at, at + width);
        edge.fill(1, at + Math.max(0, columns - width), at + columns);
      }
    }
  }
  return edge;
}

/**
 * Remove what touches the edge of the image (scikit-image's `clear_border`): connected pixels of equal value, over
 * corners too.
 *
 * @param labels `[y, x]` or `[z, y, x]` integers or bools, 0 = background; not modified
 * @returns the labels' dtype
 * @throws {TypeError} if the labels are of floats, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const whole = clearBorder(mask);
 */
export function clearBorder<D extends DType>(
  labels: NdArray<D>,
  options: ClearBorderOptions = {},
): NdArray<D> {
  const { action } = door;
  checkSpatialImage(labels, { ...door, subject: "mask" }, [2, 3]);
  checkOptions(door, options);
  const { bufferSize = 0, bgval = 0, mask } = options;
  const least = Math.min(...labels.shape);
  const isRight =
    Number.isInteger(bufferSize) && bufferSize >= 0 && (bufferSize < least || mask !== undefined);
  checkNumber(action, "bufferSize", bufferSize, `a whole number from 0 to ${least - 1}`, isRight);
  if (mask) checkSameShape(labels, mask, action, "the mask");
  // 64-bit labels may be beyond what `label` takes.
  const parts = label(labels.dtype.endsWith("int64") ? relabelSequential(labels) : labels).data;
  const edge = mask ? inverted(binaryOf(mask)) : edgeOf(labels, bufferSize + 1);
  const touching = new Uint8Array(parts.reduce((most, part) => Math.max(most, part), 0) + 1);
  for (let i = 0; i < parts.length; i++) if (edge[i] === 1) touching[parts[i]] = 1;
  const result = labels.copy();
  const { buffer } = result;
  const cleared = buffer instanceof BigInt64Array || buffer instanceof BigUint64Array ? BigInt(bgval) : bgval;
  for (let i = 0; i < parts.length; i++) if (touching[parts[i]] === 1) buffer[i] = cleared;
  return result;
}
