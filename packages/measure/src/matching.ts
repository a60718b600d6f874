import type { NdArray } from "@bioengine/ndarray";
import { labelImage } from "./labelimage";

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
}

/** Pixels of each label of two images, and of each pair of labels that overlap. */
function overlaps(a: ArrayLike<number>, b: ArrayLike<number>) {
  const areas = [new Map<number, number>(), new Map<number, number>()] as const;
  const shared = new Map<number, Map<number, number>>();
  const count = (map: Map<number, number>, key: number) => map.set(key, (map.get(key) ?? 0) + 1);
  for (let i = 0; i < a.length; i++) {
    if (a[i] > 0) count(areas[0], a[i]);
    if (b[i] > 0) count(areas[1], b[i]);
    if (a[i] <= 0 || b[i] <= 0) continue;
    let row = shared.get(a[i]);
    if (row === undefined) {
      row = new Map();
      shared.set(a[i], row);
    }
    count(row, b[i]);
  }
  return { truthAreas: areas[0], predictionAreas: areas[1], shared };
}

/**
 * Most matches at the threshold, by augmenting paths (Kuhn's algorithm); above an IoU of 0.5 every label has at most
 * one partner, so the best is simply all of them. Candidates with a higher IoU are tried first; where several assignments
 * have as many matches, the sum of their IoU need not be the largest.
 */
function assign(
  candidates: ReadonlyMap<number, readonly (readonly [number, number])[]>,
): Map<number, number> {
  const partner = new Map<number, number>();
  const augment = (truth: number, tried: Set<number>): boolean => {
    for (const [prediction] of candidates.get(truth) ?? []) {
      if (tried.has(prediction)) continue;
      tried.add(prediction);
      const holder = partner.get(prediction);
      if (holder !== undefined && !augment(holder, tried)) continue;
      partner.set(prediction, truth);
      return true;
    }
    return false;
  };
  for (const truth of candidates.keys()) augment(truth, new Set());
  return new Map([...partner].map(([prediction, truth]) => [truth, prediction]));
}

/**
 * Match predicted objects one to one with true ones by their overlap, and count hits and errors (the metric of the
 * 2018 Data Science Bowl, as `stardist.matching.matching`).
 *
 * @param truth labels, `[y, x]` or `[z, y, x]` integers, 0 = background; not modified
 * @param prediction labels of the same shape
 * @returns counts, rates and the matched pairs
 * @throws {TypeError} if the labels are no integers
 * @throws {RangeError} if the shapes differ, or the threshold is out of range
 * @example
 * matching(truth, mask, { threshold: 0.5 }).f1;
 */
export function matching(truth: NdArray, prediction: NdArray, options: MatchingOptions = {}): Matching {
  const { threshold = 0.5 } = options;
  const [a, b] = [labelImage(truth, "match"), labelImage(prediction, "match")];
  if (truth.shape.join() !== prediction.shape.join()) {
    throw new RangeError(
      `Cannot match: truth and prediction must have one shape, got [${truth.shape.join(", ")}] and [${prediction.shape.join(", ")}]`,
    );
  }
  if (!(threshold > 0 && threshold <= 1)) {
    throw new RangeError(`Cannot match: threshold must be above 0 and at most 1, got ${threshold}`);
  }
  const { truthAreas, predictionAreas, shared } = overlaps(a.data, b.data);
  const candidates = new Map<number, [number, number][]>();
  for (const [label, row] of shared) {
    const close = [...row].flatMap(([other, area]): [number, number][] => {
      const iou = area / ((truthAreas.get(label) ?? 0) + (predictionAreas.get(other) ?? 0) - area);
      return iou >= threshold ? [[other, iou]] : [];
    });
    if (close.length > 0)
      candidates.set(
        label,
        close.sort((x, y) => y[1] - x[1]),
      );
  }
  const pairs = [...assign(candidates)]
    .sort((x, y) => x[0] - y[0])
    .map(([label, other]) => {
      const [, iou = 0] = candidates.get(label)?.find(([candidate]) => candidate === other) ?? [];
      return [label, other, iou] as const;
    });
  const truePositives = pairs.length;
  const falsePositives = predictionAreas.size - truePositives;
  const falseNegatives = truthAreas.size - truePositives;
  const ratio = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);
  return {
    threshold,
    truePositives,
    falsePositives,
    falseNegatives,
    precision: ratio(truePositives, predictionAreas.size),
    recall: ratio(truePositives, truthAreas.size),
    f1: ratio(2 * truePositives, predictionAreas.size + truthAreas.size),
    averagePrecision: ratio(truePositives, truePositives + falsePositives + falseNegatives),
    meanMatchedIou: truePositives === 0 ? 0 : pairs.reduce((sum, [, , iou]) => sum + iou, 0) / truePositives,
    pairs,
  };
}
