import { quantileOf } from "@bioengine/ndarray";

/** What a box plot shows of a group's values (Tukey 1977). */
export interface BoxStatistics {
  readonly name: string;
  /** Ascending. */
  readonly values: Float64Array;
  /** Quartiles, by linear interpolation as numpy and matplotlib have them. */
  readonly q25: number;
  readonly median: number;
  readonly q75: number;
  /** The outermost values that are not more than 1.5 interquartile ranges from the box. */
  readonly low: number;
  readonly high: number;
  /** The values beyond. */
  readonly outliers: Float64Array;
}

/** Find box and whiskers. */
export function boxStatistics(name: string, values: Float64Array): BoxStatistics {
  const sorted = values.slice().sort();
  const [q25, median, q75] = [0.25, 0.5, 0.75].map((fraction) => quantileOf(sorted, fraction));
  const reach = 1.5 * (q75! - q25!);
  const isNear = (value: number): boolean => value >= q25! - reach && value <= q75! + reach;
  const near = sorted.filter(isNear);
  return {
    name,
    values: sorted,
    q25: q25!,
    median: median!,
    q75: q75!,
    low: near[0]!,
    high: near.at(-1)!,
    outliers: sorted.filter((value) => !isNear(value)),
  };
}
