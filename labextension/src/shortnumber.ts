/**
 * A number in few characters: four significant digits.
 *
 * @example
 * shortNumber(0.123456); // "0.1235"
 */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9 || (size > 0 && size < 1e-4)) return value.toExponential(2);
  return size >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
}
