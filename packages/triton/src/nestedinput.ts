/**
 * Shape and elements, in C order, of nested arrays; one element of shape [] for anything else.
 *
 * @param refuse called if the arrays of one level differ in length
 */
export function flattenInput(
  value: unknown,
  refuse: (got: string) => never,
): { shape: number[]; elements: unknown[] } {
  const shape: number[] = [];
  for (let level = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  const elements: unknown[] = [];
  const collect = (level: unknown, depth: number): void => {
    if ((Array.isArray(level) ? level.length : undefined) !== shape[depth])
      refuse("arrays of unequal length");
    if (Array.isArray(level)) for (const part of level) collect(part, depth + 1);
    else elements.push(level);
  };
  collect(value, 0);
  return { shape, elements };
}
