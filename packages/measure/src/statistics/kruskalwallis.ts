import { chiSquareTail } from "./distribution";
import { ranksOf, type Sample, samplesOf, tiesOf } from "./sample";

/** What the Kruskal-Wallis test says. */
export interface KruskalWallis {
  /** H, corrected for equal values; NaN if all are equal. */
  readonly statistic: number;
  /** By the chi-square distribution, which is near for 5 values in each sample and more. */
  readonly pValue: number;
  /** One less than there are samples. */
  readonly degreesOfFreedom: number;
}

/**
 * Test whether one of several samples tends to larger values than others: the Kruskal-Wallis test by ranks
 * (`scipy.stats.kruskal`), which needs no normal distribution.
 *
 * @param samples two or more lists of numbers, such as columns of tables; missing values are left out
 * @throws {TypeError} if the values are no numbers
 * @throws {RangeError} if there are fewer than two samples, or one has no values
 * @example
 * kruskalWallis(control.column("area"), low.column("area"), high.column("area")).pValue;
 */
export function kruskalWallis(...samples: Sample[]): KruskalWallis {
  const lists = samplesOf(samples, "compare the ranks", "kruskalWallis");
  const ranks = ranksOf(Float64Array.from(lists.flatMap((list) => [...list])));
  const count = ranks.length;
  let [squares, start] = [0, 0];
  for (const { length } of lists) {
    const sum = ranks.subarray(start, start + length).reduce((total, rank) => total + rank, 0);
    squares += length * (sum / length - (count + 1) / 2) ** 2;
    start += length;
  }
  const untied = 1 - tiesOf(ranks) / (count ** 3 - count);
  const statistic = ((12 / (count * (count + 1))) * squares) / untied;
  const degreesOfFreedom = lists.length - 1;
  return { statistic, pValue: chiSquareTail(statistic, degreesOfFreedom), degreesOfFreedom };
}
