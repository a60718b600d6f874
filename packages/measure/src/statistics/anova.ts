import { fisherTail } from "./distribution";
import { comoment, mean, type Sample, samplesOf } from "./sample";

/** What an analysis of variance says. */
export interface Anova {
  /** F: the variance between the samples by that within them. */
  readonly statistic: number;
  readonly pValue: number;
  /** Of the samples, one less than there are, and of the values within them. */
  readonly degreesOfFreedom: readonly [between: number, within: number];
}

/**
 * Test whether the means of several samples differ: one-way analysis of variance (`scipy.stats.f_oneway`), which takes
 * the variances as equal. It doesn't say which differ: compare two at a time, and adjust the p.
 *
 * @param samples two or more lists of numbers, such as columns of tables; missing values are left out
 * @throws {TypeError} if the values are no numbers
 * @throws {RangeError} if there are fewer than two samples, one has no values, or all have one
 * @example
 * anova(control.column("area"), low.column("area"), high.column("area")).pValue;
 */
export function anova(...samples: Sample[]): Anova {
  const action = "compare the means";
  const lists = samplesOf(samples, action, "anova");
  const all = Float64Array.from(lists.flatMap((list) => [...list]));
  const degreesOfFreedom = [lists.length - 1, all.length - lists.length] as const;
  const [between, within] = degreesOfFreedom;
  if (within === 0) {
    throw new RangeError(`Cannot ${action}: a sample must have 2 values at least, got 1 in each`);
  }
  const centre = mean(all);
  const ofSamples = lists.reduce((sum, list) => sum + list.length * (mean(list) - centre) ** 2, 0);
  const ofValues = lists.reduce((sum, list) => sum + comoment(list, list), 0);
  const statistic = ofSamples / between / (ofValues / within);
  return { statistic, pValue: fisherTail(statistic, between, within), degreesOfFreedom };
}
