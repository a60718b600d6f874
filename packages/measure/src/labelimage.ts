import type { NdArray } from "@bioengine/ndarray";

/** Labels as plain numbers, with the shape as [z, y, x]; a 2-D image has one plane. */
export interface LabelImage {
  /** C order; values below 1 are background. */
  readonly data: ArrayLike<number>;
  readonly ndim: 2 | 3;
  readonly depth: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Check a label image at the public door.
 *
 * @param action what the caller does, as in "Cannot <action>"
 * @throws {TypeError} if the values are no integers
 * @throws {RangeError} if it has not 2 or 3 axes
 */
export function labelImage(labels: NdArray, action: string): LabelImage {
  const { dtype, shape, ndim } = labels;
  if (!/^u?int/.test(dtype)) {
    const fix = dtype === "bool" ? "label(mask)" : 'mask.astype("int32")';
    throw new TypeError(`Cannot ${action}: the labels must be integers, got ${dtype}; use ${fix}`);
  }
  if (ndim !== 2 && ndim !== 3) {
    throw new RangeError(
      `Cannot ${action}: the labels must have axes [y, x] or [z, y, x], got shape [${shape.join(", ")}]`,
    );
  }
  const { data } = labels;
  const plain =
    data instanceof BigInt64Array || data instanceof BigUint64Array ? Float64Array.from(data, Number) : data;
  const [depth, height, width] = ndim === 2 ? [1, shape[0], shape[1]] : shape;
  return { data: plain, ndim, depth, height, width };
}
