import { checkOptions } from "@bioengine/ndarray";
import { type Alternative, checkAlternative, pValueOf } from "./alternative";
import { studentQuantile, studentTails } from "./distribution";
import { comoment, mean, pairsOf, type Sample, sampleOf } from "./sample";

/** Which t-test. */
export interface TTestOptions {
  /** true: Student's test, which takes the variances as equal. Default false: Welch's, which doesn't. */
  equalVariances?: boolean;
  /** true: the values are pairs, of the same cell before and after, say. Default false. */
  paired?: boolean;
  /** `"less"`: whether the first mean is less than the second. Default `"two-sided"`. */
  alternative?: Alternative;
}

/** What a t-test says. */
export interface TTest {
  /** t. */
  readonly statistic: number;
  readonly pValue: number;
  readonly degreesOfFreedom: number;
  /** Mean of the first sample less that of the second. */
  readonly difference: number;
  /** Its 95 % confidence interval; of a one-sided test it is open to the side that is asked for. */
  readonly interval: readonly [low: number, high: number];
}

const variance = (sample: Float64Array): number => comoment(sample, sample) / (sample.length - 1);

function result(
  difference: number,
  error: number,
  degreesOfFreedom: number,
  alternative: Alternative,
): TTest {
  const statistic = difference / error;
  const tails = alternative === "two-sided" ? 0.05 : 0.1;
  const reach = studentQuantile(tails, degreesOfFreedom) * error;
  return {
    statistic,
    pValue: pValueOf(studentTails(statistic, degreesOfFreedom), statistic, alternative),
    degreesOfFreedom,
    difference,
    interval: [
      alternative === "less" ? Number.NEGATIVE_INFINITY : difference - reach,
      alternative === "greater" ? Number.POSITIVE_INFINITY : difference + reach,
    ],
  };
}

/**
 * Compare the means of two samples: Welch's t-test, Student's, or that of pairs (`scipy.stats.ttest_ind` and
 * `ttest_rel`; unlike the former, variances aren't taken as equal unless you say so).
 *
 * @param a numbers, such as a column of a table; missing values are left out
 * @param b others
 * @throws {TypeError} if the values are no numbers
 * @throws {RangeError} if there are fewer than two in a sample, pairs differ in number, or there is no such
 *   alternative
 * @example
 * tTest(control.column("area"), treated.column("area")).pValue;
 */
export function tTest(a: Sample, b: Sample, options: TTestOptions = {}): TTest {
  const action = "test the means";
  checkOptions(
    {
      name: "tTest",
      action,
      options: ["equalVariances", "paired", "alternative"],
      aliases: { equal_var: "equalVariances" },
    },
    options,
  );
  const { equalVariances = false, paired = false, alternative = "two-sided" } = options;
  checkAlternative(alternative, action);
  if (paired) {
    const [before, after] = pairsOf(a, b, 2, action);
    const differences = before.map((value, index) => value - after[index]);
    const count = differences.length;
    return result(mean(differences), Math.sqrt(variance(differences) / count), count - 1, alternative);
  }
  const samples = [sampleOf(a, 2, action), sampleOf(b, 2, action)];
  const [n, m] = samples.map(({ length }) => length);
  const [u, v] = samples.map(variance);
  const difference = mean(samples[0]) - mean(samples[1]);
  if (equalVariances) {
    const pooled = ((n - 1) * u + (m - 1) * v) / (n + m - 2);
    return result(difference, Math.sqrt(pooled * (1 / n + 1 / m)), n + m - 2, alternative);
  }
  const [p, q] = [u / n, v / m];
  // Without variance, any number of degrees gives the same.
  const degrees = p + q === 0 ? 1 : (p + q) ** 2 / (p ** 2 / (n - 1) + q ** 2 / (m - 1));
  return result(difference, Math.sqrt(p + q), degrees, alternative);
}
