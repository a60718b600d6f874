import { checkOptions } from "@bioengine/ndarray";
import { type Alternative, checkAlternative, pValueOf } from "./alternative";
import { normalTails } from "./distribution";
import { pairsOf, ranksOf, type Sample, tiesOf } from "./sample";

/** What Wilcoxon's test asks. */
export interface WilcoxonOptions {
  /** `"less"`: whether the first values are less than the second. Default `"two-sided"`. */
  alternative?: Alternative;
}

/** What Wilcoxon's test says. */
export interface Wilcoxon {
  /** The sum of the ranks of pairs whose first value is the larger; two-sided the smaller of that and the others' sum. */
  readonly statistic: number;
  readonly pValue: number;
  /** `"exact"` for up to 50 pairs with distances of different size, or up to 13 of any, else by the normal distribution. */
  readonly method: "exact" | "normal";
}

/** In how many of the signs that ranks can have the positive ones sum up to half of an index, for each index. */
function signsBySum(ranks: Float64Array): Float64Array {
  // Ranks of equal values are halves.
  const doubled = ranks.map((rank) => 2 * rank);
  const signs = new Float64Array(doubled.reduce((sum, rank) => sum + rank, 1));
  signs[0] = 1;
  for (const rank of doubled) {
    for (let sum = signs.length - 1; sum >= rank; sum--) signs[sum] += signs[sum - rank];
  }
  return signs;
}

/** How probable a sum of positive ranks of at least `positive` is, by all signs that the ranks can have. */
const exactTail = (positive: number, ranks: Float64Array): number =>
  signsBySum(ranks)
    .subarray(2 * positive)
    .reduce((sum, count) => sum + count, 0) /
  2 ** ranks.length;

/**
 * Test whether the values of pairs, of the same cell before and after, say, differ: Wilcoxon's signed-rank test
 * (`scipy.stats.wilcoxon`: pairs of equal values are left out, and the normal distribution is corrected for distances
 * of equal size and not for continuity).
 *
 * @param a numbers, such as a column of a table; pairs with a missing value are left out
 * @param b as many
 * @throws {TypeError} if the values are no numbers, or an option does not exist
 * @throws {RangeError} if the lists differ in length or have no pairs, or there is no such alternative
 * @example
 * wilcoxon(table.column("before"), table.column("after"), { alternative: "less" }).pValue;
 */
export function wilcoxon(a: Sample, b: Sample, options: WilcoxonOptions = {}): Wilcoxon {
  const action = "test the signed ranks";
  checkOptions({ name: "wilcoxon", action, options: ["alternative"] }, options);
  const { alternative = "two-sided" } = options;
  checkAlternative(alternative, action);
  const [x, y] = pairsOf(a, b, 1, action);
  const distances = x.map((value, index) => value - y[index]).filter((distance) => distance !== 0);
  const ranks = ranksOf(distances.map(Math.abs));
  const count = ranks.length;
  const positive = ranks.reduce((sum, rank, index) => sum + (distances[index] > 0 ? rank : 0), 0);
  const negative = (count * (count + 1)) / 2 - positive;
  const statistic = alternative === "two-sided" ? Math.min(positive, negative) : positive;
  const ties = tiesOf(ranks);
  if (x.length <= (ties === 0 && count === x.length ? 50 : 13)) {
    const larger = alternative === "two-sided" ? Math.max(positive, negative) : positive;
    const tail = exactTail(alternative === "less" ? negative : larger, ranks);
    return {
      statistic,
      pValue: alternative === "two-sided" ? Math.min(1, 2 * tail) : tail,
      method: "exact",
    };
  }
  const deviation = Math.sqrt((count * (count + 1) * (2 * count + 1) - ties / 2) / 24);
  const z = (positive - negative) / 2 / deviation;
  return { statistic, pValue: pValueOf(normalTails(z), z, alternative), method: "normal" };
}
