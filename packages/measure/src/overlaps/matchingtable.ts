import { checkOptions, type NdArray, Table } from "@bioengine/ndarray";
import { matching } from "./matching";

/** How strict `matchingTable` is. */
export interface MatchingTableOptions {
  /** Least intersection over union of a match, one for each row. Default: 0.5, 0.55, … 0.95. */
  thresholds?: readonly number[];
}

const usual = Array.from({ length: 10 }, (_, index) => (50 + 5 * index) / 100);

/**
 * Count hits and errors at several thresholds, as `matching` does at one (cellpose's `average_precision`, the curves of
 * StarDist's paper).
 *
 * @param truth labels, `[y, x]` or `[z, y, x]` integers, 0 = background; not modified
 * @param prediction labels of the same shape
 * @returns a row for each threshold: threshold, true_positives, false_positives, false_negatives, precision, recall, f1,
 *   average_precision and mean_matched_iou
 * @throws {TypeError} if the labels are no integers, or the thresholds no list
 * @throws {RangeError} if the shapes differ, or a threshold is out of range
 * @example
 * matchingTable(truth, mask, { thresholds: [0.5, 0.75, 0.9] }).column("average_precision");
 */
export function matchingTable(
  truth: NdArray,
  prediction: NdArray,
  options: MatchingTableOptions = {},
): Table {
  checkOptions({ name: "matchingTable", action: "match", options: ["thresholds"] }, options);
  const { thresholds = usual } = options;
  if (!Array.isArray(thresholds)) {
    throw new TypeError(
      `Cannot match: thresholds must be a list, got ${JSON.stringify(thresholds)}; use { thresholds: [0.5, 0.75, 0.9] }`,
    );
  }
  const results = thresholds.map((threshold: number) => matching(truth, prediction, { threshold }));
  const counts = (values: readonly number[]) => Int32Array.from(values);
  const rates = (values: readonly number[]) => Float64Array.from(values);
  return new Table({
    threshold: rates(results.map(({ threshold }) => threshold)),
    true_positives: counts(results.map(({ truePositives }) => truePositives)),
    false_positives: counts(results.map(({ falsePositives }) => falsePositives)),
    false_negatives: counts(results.map(({ falseNegatives }) => falseNegatives)),
    precision: rates(results.map(({ precision }) => precision)),
    recall: rates(results.map(({ recall }) => recall)),
    f1: rates(results.map(({ f1 }) => f1)),
    average_precision: rates(results.map(({ averagePrecision }) => averagePrecision)),
    mean_matched_iou: rates(results.map(({ meanMatchedIou }) => meanMatchedIou)),
  });
}
