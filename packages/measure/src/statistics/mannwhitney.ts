import { checkOptions } from "@bioengine/ndarray";
import { type Alternative, checkAlternative, pValueOf } from "./alternative";
import { normalTails } from "./distribution";
import { ranksOf, type Sample, sampleOf, tiesOf } from "./sample";

/** What the Mann-Whitney test asks. */
export interface MannWhitneyOptions {
  /** `"less"`: whether the first sample tends to smaller values than the second. Default `"two-sided"`. */
  alternative?: Alternative;
}

/** What the Mann-Whitney test says. */
export interface MannWhitney {
  /** U of the first sample: in how many pairs its value is the larger; equal ones count half. */
  readonly statistic: number;
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

/** How probable a U of at least u is. */
function exactTail(u: number, n: number, m: number): number {
  if (u < (n * m) / 2) return 1 - exactTail(n * m - u + 1, n, m);
  const orders = ordersByU(n, m);
  const all = orders.reduce((sum, count) => sum + count, 0);
  // The orders are as many from the other end, where their numbers are exact.
  const beyond = orders.subarray(0, n * m - u + 1).reduce((sum, count) => sum + count, 0);
  return beyond / all;
}

function normalTail(u: number, n: number, m: number, ties: number): number {
  const deviation = Math.sqrt(((n * m) / 12) * (n + m + 1 - ties / ((n + m) * (n + m - 1))));
  const z = (u - (n * m) / 2 - 0.5) / deviation;
  return pValueOf(normalTails(z), z, "greater");
}

/**
 * Test whether one of two samples tends to larger values: the Mann-Whitney U test, also called Wilcoxon's rank-sum test
 * (`scipy.stats.mannwhitneyu`; the normal distribution is corrected for equal values and continuity).
 *
 * @param a numbers, such as a column of a table; missing values are left out
 * @param b others
 * @throws {TypeError} if the values are no numbers, or an option does not exist
 * @throws {RangeError} if a sample has none, or there is no such alternative
 * @example
 * mannWhitney(control.column("area"), treated.column("area")).pValue;
 */
export function mannWhitney(a: Sample, b: Sample, options: MannWhitneyOptions = {}): MannWhitney {
  const action = "test the ranks";
  checkOptions({ name: "mannWhitney", action, options: ["alternative"] }, options);
  const { alternative = "two-sided" } = options;
  checkAlternative(alternative, action);
  const [x, y] = [sampleOf(a, 1, action), sampleOf(b, 1, action)];
  const [n, m] = [x.length, y.length];
  const ranks = ranksOf(Float64Array.from([...x, ...y]));
  const statistic = ranks.subarray(0, n).reduce((sum, rank) => sum + rank, 0) - (n * (n + 1)) / 2;
  const other = n * m - statistic;
  const isTwoSided = alternative === "two-sided";
  const asked = isTwoSided ? Math.max(statistic, other) : alternative === "less" ? other : statistic;
  const ties = tiesOf(ranks);
  const isExact = Math.min(n, m) <= 8 && ties === 0;
  const tail = isExact ? exactTail(asked, n, m) : normalTail(asked, n, m, ties);
  return {
    statistic,
    pValue: isTwoSided ? Math.min(1, 2 * tail) : tail,
    effect: statistic / (n * m),
    method: isExact ? "exact" : "normal",
  };
}
