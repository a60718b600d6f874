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

type Element = number | bigint | boolean;

const isElement = (value: unknown): value is Element =>
  ["number", "bigint", "boolean"].includes(typeof value);

/**
 * Shape and elements, in C order, of nested arrays.
 *
 * @throws {RangeError} if the arrays of one level differ in length
 * @throws {TypeError} if an element is no number and no boolean
 */
export function flattenNested(nested: Nested): { shape: number[]; elements: Element[] } {
  const shape: number[] = [];
  for (let level = nested; Array.isArray(level); level = level[0]) shape.push(level.length);
  const elements: Element[] = [];
  const collect = (level: Nested, depth: number): void => {
    const parts: readonly Nested[] | undefined = Array.isArray(level) ? level : undefined;
    if (parts?.length !== shape[depth]) {
      throw new RangeError("Cannot make an array: nested arrays of one level must be equally long");
    }
    if (parts) for (const part of parts) collect(part, depth + 1);
    else if (isElement(level)) elements.push(level);
    else {
      const got = level === null ? "null" : typeof level;
      throw new TypeError(
        `Cannot make an array: data must be numbers, in arrays or a typed array, got ${got}`,
      );
    }
  };
  collect(nested, 0);
  return { shape, elements };
}
