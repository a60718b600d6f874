import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { labelImage } from "../labelimage";
import { assign } from "./assignment";
import { findOverlaps, type Overlap, type Overlaps } from "./overlaps";
import { pairList } from "./pairlist";

/** How strict `matching` is. */
export interface MatchingOptions {
  /** Least intersection over union of a match, above 0 up to 1. Default 0.5. */
  threshold?: number;
}

/** How well objects were found. */
export interface Matching {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly precision: number;
  readonly recall: number;
  /** Harmonic mean of precision and recall; 1 when both images are empty. */
  readonly f1: number;
  /** TP / (TP + FP + FN), as cellpose and StarDist report it. */
  readonly averagePrecision: number;
  /** Mean IoU of the matches; 0 without any. */
  readonly meanMatchedIou: number;
  /** The matches: label in the truth, label in the prediction, their IoU. */
  readonly pairs: readonly (readonly [truth: number, prediction: number, iou: number])[];
  /** True objects that hold more than half of each of several predicted ones; whatever the threshold. */
  readonly splits: readonly (readonly [truth: number, predictions: readonly number[]])[];
  /** Predicted objects that hold more than half of each of several true ones. */
  readonly merges: readonly (readonly [prediction: number, truths: readonly number[]])[];
}

/** Objects with those of the other image more than half of which they hold, where these are several. */
function holders(
  held: readonly (readonly [holder: number, part: number])[],
): (readonly [number, readonly number[]])[] {
  const parts = new Map<number, number[]>();
  for (const [holder, part] of held) {
    const own = parts.get(holder);
    if (own) own.push(part);
    else parts.set(holder, [part]);
  }
  return [...parts].filter(([, { length }]) => length > 1).sort(([a], [b]) => a - b);
}

/**
 * The overlaps that are matches: as many as there can be and, of such assignments, the one that `stardist` chooses, with
 * the largest sum of IoU over all assigned pairs.
 */
function matches({ pairs, labelsA, labelsB }: Overlaps, threshold: number): readonly Overlap[] {
  const close = pairs.filter(({ iou }) => iou >= threshold);
  // Two objects can't both cover more than half of a third and of each other's union with it.
  if (threshold > 0.5) return close;
  const ties = 2 * Math.min(labelsA.length, labelsB.length);
  const edges = pairs.map(({ a, b, iou }) => ({ a, b, weight: (iou >= threshold ? 1 : 0) + iou / ties }));
  return assign(edges, labelsA.length, labelsB.length)
    .map((index) => pairs[index])
    .filter(({ iou }) => iou >= threshold);
}

/** What leaves out a first axis of length 1 that one of them has. */
function planeFix(truth: NdArray, prediction: NdArray): string {
  const [one, other] = [truth.shape.join(), prediction.shape.join()];
  if (one === `1,${other}`) return "; use truth.at(0)";
  return other === `1,${one}` ? "; use prediction.at(0)" : "";
}

/**
 * Match predicted objects one to one with true ones by their overlap, and count hits and errors (the metric of the
 * 2018 Data Science Bowl, as `stardist.matching.matching`).
 *
 * @param truth labels, `[y, x]` or `[z, y, x]` integers, 0 = background; not modified
 * @param prediction labels of the same shape
 * @returns counts, rates, the matched pairs, and which objects were split or merged
 * @throws {TypeError} if the labels are no integers
 * @throws {RangeError} if the shapes differ, or the threshold is out of range
 * @example
 * matching(truth, mask, { threshold: 0.5 }).f1;
 */
export function matching(truth: NdArray, prediction: NdArray, options: MatchingOptions = {}): Matching {
  checkOptions(
    {
      name: "matching",
      action: "match",
      options: ["threshold"],
      aliases: { iou: "threshold", thresh: "threshold" },
    },
    options,
  );
  const { threshold = 0.5 } = options;
  const [a, b] = [labelImage(truth, "match"), labelImage(prediction, "match")];
  if (truth.shape.join() !== prediction.shape.join()) {
    throw new RangeError(
      `Cannot match: truth and prediction must have one shape, got [${truth.shape.join(", ")}] and [${prediction.shape.join(", ")}]${planeFix(truth, prediction)}`,
    );
  }
  if (!(threshold > 0 && threshold <= 1)) {
    throw new RangeError(`Cannot match: threshold must be above 0 and at most 1, got ${threshold}`);
  }
  const overlaps = findOverlaps(a, b, "match");
  const { labelsA, labelsB, areasA, areasB } = overlaps;
  const pairs = matches(overlaps, threshold).map(
    (pair) => [labelsA[pair.a], labelsB[pair.b], pair.iou] as const,
  );
  const truePositives = pairs.length;
  const falsePositives = labelsB.length - truePositives;
  const falseNegatives = labelsA.length - truePositives;
  const ratio = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);
  return {
    threshold,
    truePositives,
    falsePositives,
    falseNegatives,
    precision: ratio(truePositives, labelsB.length),
    recall: ratio(truePositives, labelsA.length),
    f1: ratio(2 * truePositives, labelsA.length + labelsB.length),
    averagePrecision: ratio(truePositives, truePositives + falsePositives + falseNegatives),
    meanMatchedIou: truePositives === 0 ? 0 : pairs.reduce((sum, [, , iou]) => sum + iou, 0) / truePositives,
    pairs: pairList(pairs),
    splits: holders(
      overlaps.pairs
        .filter(({ b, pixels }) => 2 * pixels > areasB[b])
        .map(({ a, b }) => [labelsA[a], labelsB[b]] as const),
    ),
    merges: holders(
      overlaps.pairs
        .filter(({ a, pixels }) => 2 * pixels > areasA[a])
        .map(({ a, b }) => [labelsB[b], labelsA[a]] as const),
    ),
  };
}
