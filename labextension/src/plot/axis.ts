/** A linear axis of a plot: values to CSS pixels and back. */
export interface Axis {
  readonly low: number;
  readonly high: number;
  /** Where `low` lies. */
  readonly start: number;
  /** Where `high` lies. */
  readonly end: number;
}

/** Where a value lies on an axis. */
export function positionOn({ low, high, start, end }: Axis, value: number): number {
  return start + ((value - low) / (high - low)) * (end - start);
}

/** The value at a position of an axis. */
export function valueAt({ low, high, start, end }: Axis, position: number): number {
  return low + ((position - start) / (end - start)) * (high - low);
}

/**
 * Round numbers within a range.
 *
 * @param about how many are wanted
 * @example
 * ticksBetween(0, 10, 5); // [0, 2, 4, 6, 8, 10]
 */
export function ticksBetween(low: number, high: number, about: number): number[] {
  const step = roundStep((high - low) / about);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => withoutNoise((first + i) * step));
}

/**
 * The smallest of 1, 2, 5, 10, … times a power of ten that is at least `width`.
 *
 * @example
 * roundStep(0.3); // 0.5
 */
export function roundStep(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width) + 1e-9);
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= width * (1 - 1e-9)) ?? 10;
  return withoutNoise(factor * power);
}

/** Multiples of a step such as 0.1 pick up noise in the last digits. */
function withoutNoise(value: number): number {
  return Number(value.toPrecision(12));
}

/** A tick's number in few characters. */
export function tickText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6 || (size > 0 && size < 1e-4)) return value.toExponential().replace("e+", "e");
  return String(value);
}
