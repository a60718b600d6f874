import { matching } from "@bioengine/measure";
import type { MaskComparison } from "@bioengine/mime";
import type { NdArray } from "@bioengine/ndarray";
import type { Labels } from "../labels";
import { countText, numberText } from "../numbertext";
import type { OutcomeCounts } from "./outcomelegend";

/** How a mask differs from a reference of the same shape. Inner type: never leaves the package. */
export interface Comparison extends Omit<MaskComparison, "labels" | "maxLabel"> {
  readonly reference: Labels;
  readonly counts: OutcomeCounts;
  /** A line for the digest. */
  readonly text: string;
}

/** Label of the larger part to the labels of the smaller ones more than half of which it holds. */
type Holdings = ReadonlyMap<number, readonly number[]>;

/**
 * Compare a mask with a reference, object by object.
 *
 * An object matches by an IoU of at least 0.5, as in `matching`. Before that, one that holds more than half of each of
 * several objects of the other mask is a merger, if it is the mask's, or split, if it is the reference's.
 *
 * @throws {RangeError} if the shapes differ
 */
export function compareLabels(mask: NdArray, other: NdArray, labels: Labels, reference: Labels): Comparison {
  if (other.shape.join() !== mask.shape.join()) {
    throw new RangeError(
      `Cannot compare masks: both must have one shape, got [${mask.shape.join(", ")}] and [${other.shape.join(", ")}]`,
    );
  }
  const result = matching(other, mask);
  const matchedReferences = new Set(result.pairs.map(([label]) => label));
  const matched = new Set(result.pairs.map(([, label]) => label));
  const merged: Holdings = new Map(result.merges);
  const split: Holdings = new Map(result.splits);
  const [mergedParts, splitParts] = [partsOf(merged), partsOf(split)];
  const extra = [...labels.areas.keys()].filter(
    (label) => !matched.has(label) && !merged.has(label) && !splitParts.has(label),
  );
  const missed = [...reference.areas.keys()].filter(
    (label) => !matchedReferences.has(label) && !split.has(label) && !mergedParts.has(label),
  );
  // As the viewer's legend counts them: an object has one outcome.
  const fine = [...matched].filter((label) => !merged.has(label) && !splitParts.has(label)).length;
  const pairs = countText(result.truePositives, "matched pair");
  const counts = {
    matched: fine,
    extra: extra.length,
    missed: missed.length,
    merged: merged.size,
    split: split.size,
  };
  const others = result.truePositives - fine;
  return {
    reference,
    mask: { extra, merged: [...merged.keys()], split: [...splitParts] },
    expected: { missed, merged: [...mergedParts], split: [...split.keys()] },
    counts,
    text:
      `Compared: ${Object.entries(counts)
        .map(([outcome, count]) => `${count} ${outcome}`)
        .join(", ")}; F1 at IoU 0.5: ${numberText(result.f1)}` +
      (others > 0 ? `, from ${pairs}, ${others} of them merged or split` : ""),
  };
}

const partsOf = (found: Holdings): Set<number> => new Set([...found.values()].flat());
