import { normalTails } from "./distribution";
import { ranksOf, type Sample, sampleOf } from "./sample";

/** What the Mann-Whitney test says. */
export interface MannWhitney {
  /** U of the first sample: in how many pairs its value is the larger; equal ones count half. */
  readonly statistic: number;
  /** Two-sided. */
  readonly pValue: number;
  /** U as a share of all pairs: 0.5 where neither sample tends to larger values. */
  readonly effect: number;
  /** `"exact"` for up to 8 values in a sample without equal ones, else by the normal distribution. */
  readonly method: "exact" | "normal";
}

/** In how many orders of n and m different values U is u, for all u. */
function ordersByU(n: number, m: number): Float64Array {
  // Coefficients of the Gaussian binomial: multiplied by 1 - q^(m + i), divided by 1 - q^i.
  const orders = new Float64Array(n * m + 1);
  orders[0] = 1;
  for (let i = 1; i <= n; i++) {
    for (let u = n * m; u >= m + i; u--) orders[u] -= orders[u - m - i];
    for (let u = i; u <= n * m; u++) orders[u] += orders[u - i];
  }
  return orders;
}

function exactTails(u: number, n: number, m: number): number {
  const orders = ordersByU(n, m);
  const all = orders.reduce((sum, count) => sum + count, 0);
  // The orders are as many from the other end, where their numbers are exact.
  const beyond = orders.subarray(0, n * m - u + 1).reduce((sum, count) => sum + count, 0);
  return Math.min(1, (2 * beyond) / all);
}

/**
 * Test whether one of two samples tends to larger values: the Mann-Whitney U test, also called Wilcoxon's rank-sum test
 * (`scipy.stats.mannwhitneyu`; the normal distribution is corrected for equal values and continuity).
 *
 * @param a numbers, such as a column of a table; missing values are left out
 * @param b others
 * @throws {TypeError} if the values are no numbers
 * @throws {RangeError} if a sample has none
 * @example
 * mannWhitney(control.column("area"), treated.column("area")).pValue;
 */
export function mannWhitney(a: Sample, b: Sample): MannWhitney {
  const action = "test the ranks";
  const [x, y] = [sampleOf(a, 1, action), sampleOf(b, 1, action)];
  const [n, m] = [x.length, y.length];
  const ranks = ranksOf(Float64Array.from([...x, ...y]));
  const statistic = ranks.subarray(0, n).reduce((sum, rank) => sum + rank, 0) - (n * (n + 1)) / 2;
  const larger = Math.max(statistic, n * m - statistic);
  const counts = new Map<number, number>();
  for (const rank of ranks) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  const effect = statistic / (n * m);
  if (Math.min(n, m) <= 8 && counts.size === n + m) {
    return { statistic, pValue: exactTails(larger, n, m), effect, method: "exact" };
  }
  const ties = [...counts.values()].reduce((sum, count) => sum + count ** 3 - count, 0);
  const deviation = Math.sqrt(((n * m) / 12) * (n + m + 1 - ties / ((n + m) * (n + m - 1))));
  const z = (larger - (n * m) / 2 - 0.5) / deviation;
  return { statistic, pValue: z > 0 ? normalTails(z) : 1, effect, method: "normal" };
}
