import { NdArray } from "@bioengine/ndarray";
import { labelImage } from "./labelimage";
import { paintRuns } from "./paint";
import { rankLabels } from "./ranks";
import { labelRuns } from "./runs";

const action = "relabel";

/** Ranks of labels that may be beyond 32 bits, pixel by pixel. */
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
 * @param labels `[y, x]` or `[z, y, x]` integers, values below 1 are background; those of 64 bits may be of any size,
 *   such as the segment ids of electron microscopy; not modified
 * @returns int32 labels of the same shape, role "labels"
 * @throws {TypeError} if the labels are no integers
 * @throws {RangeError} if they have not 2 or 3 axes, or a label of uint32 is 2^31 or more
 * @example
 * relabelSequential(mask).max();
 */
export function relabelSequential(labels: NdArray): NdArray<"int32"> {
  const data = labels?.dtype?.endsWith("int64") ? labels.data : undefined;
  const isBig = data instanceof BigInt64Array || data instanceof BigUint64Array;
  const buffer = isBig ? ranksOf(data) : ranksOfRuns(labels);
  return new NdArray({
    dtype: "int32",
    shape: labels.shape,
    buffer,
    role: "labels",
    dimensions: labels.dimensions,
  });
}
