import { checkOptions } from "@bioengine/ndarray";
import { type Sample, valuesOf } from "./sample";

/** How p of several tests are adjusted. */
export interface AdjustPValuesOptions {
  /**
   * `"holm"` (the default) and the stricter `"bonferroni"` bound the probability of any false finding;
   * `"fdr_bh"`, of Benjamini and Hochberg (1995), the share of false ones among the findings.
   */
  method?: "holm" | "bonferroni" | "fdr_bh";
}

type Method = (sorted: Float64Array) => Float64Array;

/** Of p by size, each with those before or after it in mind. */
const methods: Readonly<Record<string, Method>> = {
  bonferroni: (sorted) => sorted.map((p) => p * sorted.length),
  holm: (sorted) => {
    let most = 0;
    return sorted.map((p, index) => {
      most = Math.max(most, p * (sorted.length - index));
      return most;
    });
  },
  fdr_bh: (sorted) => {
    const adjusted = sorted.map((p, index) => (p * sorted.length) / (index + 1));
    for (let place = adjusted.length - 2; place >= 0; place--) {
      adjusted[place] = Math.min(adjusted[place], adjusted[place + 1]);
    }
    return adjusted;
  },
};

/**
 * Adjust the p of several tests, which find something by chance the more often the more they are (`multipletests` of
 * statsmodels, of which the names of methods are, and R's `p.adjust`).
 *
 * @param pValues from 0 to 1; missing ones stay missing, and don't count as tests
 * @returns as many, in their order; up to 1
 * @throws {TypeError} if the values are no numbers, or an option does not exist
 * @throws {RangeError} if one is not from 0 to 1, or there is no such method
 * @example
 * adjustPValues([tTest(control, low).pValue, tTest(control, high).pValue], { method: "holm" });
 */
export function adjustPValues(pValues: Sample, options: AdjustPValuesOptions = {}): Float64Array {
  const action = "adjust p values";
  checkOptions({ name: "adjustPValues", action, options: ["method"] }, options);
  const { method = "holm" } = options;
  const adjust = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (!adjust) {
    throw new RangeError(
      `Cannot ${action}: method must be "holm", "bonferroni" or "fdr_bh", got ${JSON.stringify(method)}`,
    );
  }
  const values = valuesOf(pValues, action);
  const wrong = values.find((p) => p < 0 || p > 1);
  if (wrong !== undefined) throw new RangeError(`Cannot ${action}: p must be from 0 to 1, got ${wrong}`);
  const order = [...values.keys()]
    .filter((index) => !Number.isNaN(values[index]))
    .sort((i, j) => values[i] - values[j]);
  const adjusted = new Float64Array(values.length).fill(Number.NaN);
  adjust(Float64Array.from(order, (index) => values[index])).forEach((p, place) => {
    adjusted[order[place]] = Math.min(1, p);
  });
  return adjusted;
}
