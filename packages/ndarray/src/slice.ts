import { indexOf, type Layout } from "./layout";

/** One axis of `slice`: `[start, stop, step]`, null for the whole axis, or beside these an index (drops the axis). */
export type SliceRange =
  | number
  | readonly [start?: number | null, stop?: number | null, step?: number]
  | null
  | undefined;

/**
 * Where the elements of a slice lie.
 *
 * @throws {RangeError} if there are too many ranges, an index is out of range, or a step is 0
 * @throws {TypeError} if there are indices only, which `at` takes: a JavaScript array's `slice(0, 100)` means a range
 */
export function sliceOf(array: Layout, ranges: readonly SliceRange[]): Layout {
  if (ranges.length > 0 && ranges.every((range) => typeof range === "number")) {
    const list = ranges.join(", ");
    throw new TypeError(
      `Cannot slice: a range must be [start, stop], got ${list}; for a part write slice([${list}]), for one element or plane at(${list})`,
    );
  }
  if (ranges.length > array.shape.length) {
    throw new RangeError(`Cannot slice: there are ${array.shape.length} axes, got ${ranges.length} ranges`);
  }
  const shape: number[] = [];
  const strides: number[] = [];
  let { offset } = array;
  for (let axis = 0; axis < array.shape.length; axis++) {
    const range = ranges[axis] ?? [];
    const [length, stride] = [array.shape[axis], array.strides[axis]];
    if (typeof range === "number") {
      offset += indexOf(range, length, `Cannot slice: index ${axis}`) * stride;
      continue;
    }
    const { start, count, step } = resolve(range, length);
    offset += count > 0 ? start * stride : 0;
    shape.push(count);
    strides.push(stride * step);
  }
  return { shape, strides, offset };
}

/** Python's slice rules: what is out of range is cut. */
function resolve(
  range: readonly (number | null | undefined)[],
  length: number,
): { start: number; count: number; step: number } {
  const step = range[2] ?? 1;
  if (!Number.isInteger(step) || step === 0)
    throw new RangeError(`Cannot slice: a step must be a whole number, not 0, got ${step}`);
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const bound = (value: number | null | undefined, otherwise: number) => {
    if (value === null || value === undefined) return otherwise;
    if (!Number.isInteger(value))
      throw new RangeError(`Cannot slice: bounds must be whole numbers, got ${value}`);
    return Math.min(Math.max(value < 0 ? value + length : value, low), high);
  };
  const start = bound(range[0], step > 0 ? low : high);
  const stop = bound(range[1], step > 0 ? high : low);
  return { start, step, count: Math.max(0, Math.ceil((stop - start) / step)) };
}
