/**
 * Refuse a number that is out of its range.
 *
 * @param range what it must be, e.g. "at least 0"
 * @throws {RangeError} if it isn't allowed
 */
export function checkNumber(
  action: string,
  name: string,
  value: unknown,
  range: string,
  allowed: boolean,
): void {
  if (typeof value === "number" && allowed) return;
  throw new RangeError(`Cannot ${action}: ${name} must be ${range}, got ${String(value)}`);
}

/**
 * One number for each axis.
 *
 * @throws {RangeError} if the length isn't the number of axes, or a number isn't allowed
 */
export function perAxis(
  action: string,
  name: string,
  value: number | readonly number[],
  ndim: number,
  range: string,
  allowed: (one: number) => boolean,
): number[] {
  const numbers = typeof value === "number" ? new Array<number>(ndim).fill(value) : Array.from(value);
  if (numbers.length !== ndim || !numbers.every((one) => typeof one === "number" && allowed(one))) {
    throw new RangeError(
      `Cannot ${action}: ${name} must be ${range}, one number or one for each of the ${ndim} axes, got [${numbers.join(", ")}]`,
    );
  }
  return numbers;
}
