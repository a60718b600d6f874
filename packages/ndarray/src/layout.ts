import type { TypedArray } from "./dtype";

/** Where the elements of an array lie in its storage; strides in elements. */
export interface Layout {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/**
 * An index from 0; negative ones count from the end.
 *
 * @param what begins the message, e.g. "Cannot slice: index 0"
 * @throws {RangeError} if it is out of range
 */
export function indexOf(index: number, length: number, what: string): number {
  const resolved = index < 0 ? index + length : index;
  if (!Number.isInteger(resolved) || resolved < 0 || resolved >= length) {
    throw new RangeError(`${what} must be a whole number from ${-length} to ${length - 1}, got ${index}`);
  }
  return resolved;
}

/**
 * Where the element, or the part with the leading axes fixed, begins in the storage.
 *
 * @throws {RangeError} if there are too many indices, or one is out of range
 */
export function positionOf(array: Layout, indices: readonly number[], action: string): number {
  if (indices.length > array.shape.length) {
    throw new RangeError(
      `Cannot ${action}: there are ${array.shape.length} axes, got ${indices.length} indices`,
    );
  }
  return indices.reduce(
    (position, index, axis) =>
      position + indexOf(index, array.shape[axis], `Cannot ${action}: index ${axis}`) * array.strides[axis],
    array.offset,
  );
}

/**
 * Where an element lies in the storage.
 *
 * @throws {RangeError} if there isn't an index for each axis, or one is out of range
 */
export function elementPosition(array: Layout, indices: readonly number[], action: string): number {
  const { length } = array.shape;
  if (indices.length === length) return positionOf(array, indices, action);
  throw new RangeError(`Cannot ${action}: ${length} indices are needed, got ${indices.length}`);
}

/** Number of elements of a shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);

/** Strides, in elements, of a C-ordered array. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  for (let axis = shape.length - 1, step = 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis];
  }
  return strides;
}

/** Whether elements with these strides lie in C order without gaps. */
export function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  const wanted = stridesOf(shape);
  return sizeOf(shape) < 2 || shape.every((length, axis) => length === 1 || strides[axis] === wanted[axis]);
}

/** A shape as text, e.g. `[512, 512]`. */
export const shapeText = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

/**
 * An axis as an index from 0; negative ones count from the end.
 *
 * @throws {RangeError} if there is no such axis
 */
export function axisIndex(axis: number, ndim: number, action: string): number {
  const index = axis < 0 ? axis + ndim : axis;
  if (!Number.isInteger(index) || index < 0 || index >= ndim) {
    throw new RangeError(
      `Cannot ${action}: axis must be a whole number from ${-ndim} to ${ndim - 1}, got ${axis}`,
    );
  }
  return index;
}

function checkList(action: string, list: unknown): void {
  if (Array.isArray(list)) return;
  throw new TypeError(
    `Cannot ${action}: a list is needed, got ${String(list)}; use ${action}([${String(list)}, …])`,
  );
}

/**
 * Axes in another order, as indices from 0.
 *
 * @throws {RangeError} if one isn't there, or doesn't come once
 * @throws {TypeError} if they are no list
 */
export function axisOrder(axes: readonly number[], ndim: number): number[] {
  checkList("transpose", axes);
  const order = axes.map((axis) => axisIndex(axis, ndim, "transpose"));
  if (order.length === ndim && new Set(order).size === ndim) return order;
  throw new RangeError(`Cannot transpose: each of the ${ndim} axes must come once, got ${shapeText(axes)}`);
}

/**
 * The axes that are left without one of length 1; without `axis`, without all of them.
 *
 * @throws {RangeError} if the axis has another length
 */
export function axesWithLength(shape: readonly number[], axis: number | undefined): number[] {
  const axes = shape.map((_, at) => at);
  if (axis === undefined) return axes.filter((at) => shape[at] !== 1);
  const index = axisIndex(axis, shape.length, "squeeze");
  if (shape[index] !== 1) {
    throw new RangeError(`Cannot squeeze: axis ${axis} must have length 1, got shape ${shapeText(shape)}`);
  }
  return axes.filter((at) => at !== index);
}

/** The shape that two shapes broadcast to (numpy's rule); undefined if they don't. */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] | undefined {
  const ndim = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let axis = 0; axis < ndim; axis++) {
    const x = a[axis - ndim + a.length] ?? 1;
    const y = b[axis - ndim + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) return undefined;
    shape.push(x === 1 ? y : x);
  }
  return shape;
}

/** Call `row` with the offset of each run along the last axis, in C order. */
export function forEachRow(
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
  row: (offset: number) => void,
): void {
  const outer = shape.length - 1;
  if (sizeOf(shape) === 0) return;
  if (outer < 1) {
    row(offset);
    return;
  }
  const index = new Array<number>(outer).fill(0);
  let position = offset;
  for (;;) {
    row(position);
    let axis = outer - 1;
    for (; axis >= 0; axis--) {
      position += strides[axis];
      if (++index[axis] < shape[axis]) break;
      position -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}

/**
 * A new shape for the same elements, with a length of -1 worked out.
 *
 * @throws {RangeError} if the number of elements is another
 * @throws {TypeError} if it is no list
 */
export function reshaped(shape: readonly number[], wanted: readonly number[]): number[] {
  checkList("reshape", wanted);
  const size = sizeOf(shape);
  const known = sizeOf(wanted.filter((length) => length !== -1));
  const resolved = wanted.map((length) => (length === -1 ? size / known : length));
  const valid = resolved.every((length) => Number.isInteger(length) && length >= 0);
  if (wanted.filter((length) => length === -1).length > 1 || !valid || sizeOf(resolved) !== size) {
    throw new RangeError(
      `Cannot reshape: ${shapeText(wanted)} must have as many elements as ${shapeText(shape)}, ${size}`,
    );
  }
  return resolved;
}

/** Copy the elements of a strided array, in C order. */
export function gather(array: Layout & { readonly buffer: TypedArray }, target: TypedArray): void {
  const width = array.shape[array.shape.length - 1];
  const step = array.strides[array.shape.length - 1];
  let position = 0;
  forEachRow(array.shape, array.strides, array.offset, (offset) => {
    for (let i = 0; i < width; i++) target[position++] = array.buffer[offset + i * step];
  });
}
