import { NdArray } from "@bioengine/ndarray";
import { checkIntegers, labelImage, labelsFix } from "./labelimage";
import { paintRuns } from "./paint";
import { rankLabels } from "./ranks";
import { labelRuns } from "./runs";

const action = "relabel";

/** The labels if some may be beyond 31 bits. */
function wideLabels(labels: NdArray): BigInt64Array | BigUint64Array | undefined {
  if (labels?.dtype === "uint32") {
    return labels.data.some((label: number | bigint) => label >= 2 ** 31)
      ? labels.astype("uint64").data
      : undefined;
  }
  const data = labels?.dtype?.endsWith("int64") ? labels.data : undefined;
  return data instanceof BigInt64Array || data instanceof BigUint64Array ? data : undefined;
}

/** Ranks of such labels, pixel by pixel. */
function ranksOf(data: BigInt64Array | BigUint64Array): Int32Array {
  const buffer = new Int32Array(data.length);
  const labels = new Set<bigint>();
  for (let pixel = 0; pixel < data.length; pixel++) if (data[pixel] > 0n) labels.add(data[pixel]);
  const sorted = BigUint64Array.from(labels).sort();
  const ranks = new Map(Array.from(sorted, (label, index) => [label, index + 1]));
  for (let pixel = 0; pixel < data.length; pixel++) buffer[pixel] = ranks.get(data[pixel]) ?? 0;
  return buffer;
}

function ranksOfRuns(labels: NdArray): Int32Array {
  const image = labelImage(labels, action);
  const runs = labelRuns(image, action);
  const numbers = rankLabels(runs).ranks.map((rank) => rank + 1);
  return paintRuns(runs, numbers, image.width, labels.size);
}

/**
 * Renumber labels 1 .. n without gaps, in ascending order (scikit-image's `relabel_sequential`).
 *
 * @param labels `[y, x]` or `[z, y, x]` integers of any size, such as the segment ids of electron microscopy; values
 *   below 1 are background; not modified
 * @returns int32 labels of the same shape, role "labels"
 * @throws {TypeError} if the labels are no integers
 * @throws {RangeError} if they have not 2 or 3 axes
 * @example
 * relabelSequential(mask).max();
 */
export function relabelSequential(labels: NdArray): NdArray<"int32"> {
  const wide = wideLabels(labels);
  if (wide) checkIntegers(labels, action, labelsFix(labels));
  const buffer = wide ? ranksOf(wide) : ranksOfRuns(labels);
  return new NdArray({
    dtype: "int32",
    shape: labels.shape,
    buffer,
    role: "labels",
    dimensions: labels.dimensions,
  });
}
