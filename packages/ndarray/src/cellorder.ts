import { isMissing } from "./column";

/**
 * Which of two cells comes first; missing ones are last in any direction, numbers before texts in a rising one.
 *
 * @param sign 1, or -1 for a falling order
 */
export function compareCells(a: unknown, b: unknown, sign: number): number {
  if (isMissing(a) || isMissing(b)) return Number(isMissing(a)) - Number(isMissing(b));
  return sign * (lessThan(a, b) ? -1 : lessThan(b, a) ? 1 : 0);
}

const isNumber = (value: unknown): value is number | bigint =>
  typeof value === "number" || typeof value === "bigint";

function lessThan(a: unknown, b: unknown): boolean {
  if (isNumber(a) && isNumber(b)) return a < b;
  if (isNumber(a) !== isNumber(b)) return isNumber(a);
  if (a instanceof Date && b instanceof Date) return a < b;
  return String(a) < String(b);
}
