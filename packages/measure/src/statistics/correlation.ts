import { studentTails } from "./distribution";
import { comoment, pairsOf, ranksOf, type Sample } from "./sample";

/** How two quantities go together. */
export interface Correlation {
  /** The correlation, from -1 to 1; NaN if one of them is constant. */
  readonly statistic: number;
  /** Two-sided, of there being none. */
  readonly pValue: number;
  /** How many pairs have both values. */
  readonly count: number;
}

/** The correlation of two samples of pairs. */
export function correlationOf(x: Float64Array, y: Float64Array): Correlation {
  const count = x.length;
  const raw = comoment(x, y) / Math.sqrt(comoment(x, x) * comoment(y, y));
  const correlation = Math.max(-1, Math.min(1, raw));
  const t = correlation * Math.sqrt((count - 2) / ((1 - correlation) * (1 + correlation)));
  return { statistic: correlation, pValue: count === 2 ? 1 : studentTails(t, count - 2), count };
}

/**
 * Pearson's correlation, of straight relations (`scipy.stats.pearsonr`).
 *
 * @param x numbers, such as a column of a table; pairs with a missing value are left out
 * @param y as many
 * @throws {TypeError} if the values are no numbers
 * @throws {RangeError} if there are fewer than 3 pairs, or the lists differ in length
 * @example
 * pearson(table.column("area"), table.column("intensity_mean")).statistic;
 */
export function pearson(x: Sample, y: Sample): Correlation {
  return correlationOf(...pairsOf(x, y, 3, "correlate"));
}

/**
 * Spearman's correlation, of relations that only rise or fall: Pearson's of the ranks (`scipy.stats.spearmanr`).
 *
 * @param x numbers, such as a column of a table; pairs with a missing value are left out
 * @param y as many
 * @throws {TypeError} if the values are no numbers
 * @throws {RangeError} if there are fewer than 3 pairs, or the lists differ in length
 * @example
 * spearman(table.column("area"), table.column("intensity_mean")).statistic;
 */
export function spearman(x: Sample, y: Sample): Correlation {
  const [a, b] = pairsOf(x, y, 3, "correlate");
  return correlationOf(ranksOf(a), ranksOf(b));
}
