import { type ColumnData, type Columns, isMissing, isNumeric, kindsIn, type NamedColumns } from "./column";
import { quantileOf } from "./quantile";

const total = (values: Float64Array): number => {
  // Neumaier's sum: means of millions of pixels keep their last digits.
  let [sum, lost] = [0, 0];
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return Number.isFinite(sum) ? sum + lost : sum;
};
const mean = (values: Float64Array): number => total(values) / values.length;

/** Standard deviation of a sample (n - 1), as pandas and R have it. */
function deviation(values: Float64Array): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  return Math.sqrt(total(values.map((value) => (value - centre) ** 2)) / (values.length - 1));
}

const quantile = (values: Float64Array, fraction: number): number =>
  values.length === 0 ? Number.NaN : quantileOf(Float64Array.from(values).sort(), fraction);

const extreme = (values: Float64Array, of: (a: number, b: number) => number): number =>
  values.length === 0 ? Number.NaN : values.reduce((a, b) => of(a, b));

type NumberStatistic = "sum" | "mean" | "std" | "sem" | "min" | "q25" | "median" | "q75" | "max";

const ofNumbers: Readonly<Record<NumberStatistic, (values: Float64Array) => number>> = {
  sum: total,
  mean,
  std: deviation,
  sem: (values) => deviation(values) / Math.sqrt(values.length),
  min: (values) => extreme(values, Math.min),
  q25: (values) => quantile(values, 0.25),
  median: (values) => quantile(values, 0.5),
  q75: (values) => quantile(values, 0.75),
  max: (values) => extreme(values, Math.max),
};

/**
 * A statistic of a column's values, missing ones left out: how many there are (`count`), how many different ones
 * (`unique`), the first one, and of numbers the sum, mean, standard deviation of the sample (n - 1), standard error of
 * the mean, least, quartiles and greatest. True is 1 and false 0, so that the mean is the share of true ones.
 */
export type ColumnStatistic = "count" | "unique" | "first" | NumberStatistic;

/** All statistics' names. */
export const columnStatistics: readonly ColumnStatistic[] = [
  ...(["count", "unique", "first"] as const),
  ...(Object.keys(ofNumbers) as NumberStatistic[]),
];

/**
 * Compute a statistic of a column.
 *
 * @param name of the column, for the message
 * @throws {TypeError} if it needs numbers, and the column has others
 */
export function statisticOf(statistic: ColumnStatistic, values: ColumnData, name: string): unknown {
  const present = Array.from<unknown>(values).filter((value) => !isMissing(value));
  if (statistic === "count") return present.length;
  if (statistic === "unique") return new Set(present).size;
  if (statistic === "first") return present[0] ?? null;
  if (!isNumeric(values) && kindsIn(values).join() !== "boolean") {
    throw new TypeError(
      `Cannot aggregate: column ${name} must be of numbers for its ${statistic}, got ${typeof present.find((value) => typeof value !== "number")}`,
    );
  }
  return ofNumbers[statistic](Float64Array.from(present, Number));
}

const described = ["count", "mean", "std", "min", "q25", "median", "q75", "max"] as const;

/** The names of the columns of numbers, and their statistics as columns. */
export function describedColumns(columns: Columns): NamedColumns {
  const numeric = [...columns].filter(([, values]) => isNumeric(values));
  const statistics = described.map((statistic) => {
    const cells = numeric.map(([name, values]) => statisticOf(statistic, values, name) as number);
    return [statistic, statistic === "count" ? Int32Array.from(cells) : Float64Array.from(cells)] as const;
  });
  return [["column", numeric.map(([name]) => name)], ...statistics];
}
