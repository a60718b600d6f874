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
