/**
 * An array where a number or a text is wanted: `-image`, `` `${image}` ``.
 *
 * @throws {TypeError} if a number is wanted
 */
export function textOf({ shape, dtype }: { shape: readonly number[]; dtype: string }, hint: string): string {
  const text = `NdArray [${shape.join(", ")}] ${dtype}`;
  if (hint !== "number") return text;
  throw new TypeError(
    `Cannot calculate with an array by operators: use its methods, such as multiply(-1), got ${text}`,
  );
}
