import type { TypedArray } from "./dtype";

/** Numbers in arrays in arrays, all of one level equally long. */
export type Nested = number | bigint | boolean | readonly Nested[];

/** C-ordered elements as nested arrays. */
export function nest(data: TypedArray, shape: readonly number[], booleans: boolean): unknown {
  if (shape.length === 0) return booleans ? data[0] !== 0 : data[0];
  const step = shape[0] === 0 ? 0 : data.length / shape[0];
  return Array.from({ length: shape[0] }, (_, index) =>
    nest(data.subarray(index * step, (index + 1) * step), shape.slice(1), booleans),
  );
}

/**
 * Shape and elements, in C order, of nested arrays.
 *
 * @throws {RangeError} if the arrays of one level differ in length
 */
export function flattenNested(nested: Nested): { shape: number[]; elements: (number | bigint | boolean)[] } {
  const shape: number[] = [];
  for (let level = nested; Array.isArray(level); level = level[0]) shape.push(level.length);
  const elements: (number | bigint | boolean)[] = [];
  const collect = (level: Nested, depth: number): void => {
    const length = typeof level === "object" ? level.length : undefined;
    if (length !== shape[depth]) {
      throw new RangeError("Cannot make an array: nested arrays of one level must be equally long");
    }
    if (typeof level === "object") for (const part of level) collect(part, depth + 1);
    else elements.push(level);
  };
  collect(nested, 0);
  return { shape, elements };
}
