import { roundStep } from "./axis";

const FEWEST = 5;
const MOST = 60;

/** Values counted in bins of equal, round width. */
export interface Bins {
  /** Left edge of the first bin. */
  readonly low: number;
  readonly width: number;
  /** Records in each bin. */
  readonly counts: Uint32Array;
}

/**
 * Bins of a round width for the finite ones of some values, at most one and a half times as many as the square root of
 * their number, and 60. Values that are all whole get whole widths.
 *
 * @param values not modified
 * @param records which of the values
 * @returns `null` if none of them is finite
 * @example
 * binRecords(new Float64Array([1, 2, 2, 9]), [0, 1, 2, 3]); // { low: 0, width: 2, counts: [1, 2, 0, 0, 1] }
 */
export function binRecords(values: Float64Array, records: ArrayLike<number>): Bins | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let count = 0;
  let whole = true;
  for (let i = 0; i < records.length; i++) {
    const value = values[records[i]];
    if (!Number.isFinite(value)) continue;
    count++;
    whole &&= Number.isInteger(value);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (count === 0) return null;
  const wanted = Math.min(Math.max(Math.ceil(1.5 * Math.sqrt(count)), FEWEST), MOST);
  const range = high - low || Math.abs(high) || 1;
  const width = roundStep(whole ? Math.max(1, range / wanted) : range / wanted);
  const first = Math.floor(low / width + 1e-9);
  const bins = { low: Number((first * width).toPrecision(12)), width };
  const counts = new Uint32Array(Math.floor((high - bins.low) / width + 1e-9) + 1);
  for (let i = 0; i < records.length; i++) {
    const bin = binOf(bins, values[records[i]]);
    if (bin >= 0) counts[bin]++;
  }
  return { ...bins, counts };
}

/** The bin of a value, -1 of one that is not finite. */
export function binOf({ low, width }: Pick<Bins, "low" | "width">, value: number): number {
  // Edges such as 0.3 are no multiples of 0.1 to the last digit.
  return Number.isFinite(value) ? Math.floor((value - low) / width + 1e-9) : -1;
}
