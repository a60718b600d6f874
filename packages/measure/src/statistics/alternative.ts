/** What a test asks: whether a first sample differs from a second, is less, or is greater. */
export type Alternative = "two-sided" | "less" | "greater";

const alternatives: readonly unknown[] = ["two-sided", "less", "greater"];

/** @throws {RangeError} if there is no such alternative */
export function checkAlternative(alternative: unknown, action: string): void {
  if (alternatives.includes(alternative)) return;
  throw new RangeError(
    `Cannot ${action}: alternative must be "two-sided", "less" or "greater", got ${JSON.stringify(alternative)}`,
  );
}

/**
 * The p of a statistic whose distribution is symmetric around 0.
 *
 * @param tails how probable a value at least as far from 0 is
 */
export function pValueOf(tails: number, statistic: number, alternative: Alternative): number {
  if (alternative === "two-sided") return tails;
  const isAsAsked = alternative === "greater" ? statistic > 0 : statistic < 0;
  return isAsAsked ? tails / 2 : 1 - tails / 2;
}
