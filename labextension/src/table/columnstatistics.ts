/** What a numeric column holds, in numbers. */
export interface ColumnStatistics {
  /** Finite values. */
  readonly count: number;
  /** Rows without a finite value. */
  readonly missing: number;
  readonly min: number;
  /** The middle value, or the mean of the two in the middle. */
  readonly median: number;
  readonly mean: number;
  readonly max: number;
}

/**
 * Smallest, middle, mean and largest of the finite values.
 *
 * @param values NaN and infinities count as missing; not modified
 * @param records which of the values
 * @returns NaN for all four if no value is finite
 * @example
 * columnStatistics(new Float64Array([5, 1, 3]), [0, 1]).median; // 3
 */
export function columnStatistics(values: Float64Array, records: ArrayLike<number>): ColumnStatistics {
  const finite = new Float64Array(records.length);
  let count = 0;
  let sum = 0;
  for (let i = 0; i < records.length; i++) {
    const value = values[records[i]];
    if (!Number.isFinite(value)) continue;
    finite[count++] = value;
    sum += value;
  }
  const sorted = finite.subarray(0, count).sort();
  const middle = count >> 1;
  const { NaN: none } = Number;
  return {
    count,
    missing: records.length - count,
    min: count > 0 ? sorted[0] : none,
    median: count > 0 ? (sorted[middle] + sorted[(count - 1) >> 1]) / 2 : none,
    mean: count > 0 ? sum / count : none,
    max: count > 0 ? sorted[count - 1] : none,
  };
}
