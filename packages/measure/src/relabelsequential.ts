import { NdArray } from "@bioengine/ndarray";
import { labelImage } from "./labelimage";

/**
 * Renumber labels 1 .. n without gaps, in ascending order (scikit-image's `relabel_sequential`).
 *
 * @param labels `[y, x]` or `[z, y, x]` integers, values below 1 are background; not modified
 * @returns int32 labels of the same shape, role "labels"
 * @throws {TypeError} if the labels are no integers
 * @example
 * relabelSequential(mask).max();
 */
export function relabelSequential(labels: NdArray): NdArray<"int32"> {
  const { data } = labelImage(labels, "relabel");
  const found = new Set<number>();
  for (let pixel = 0; pixel < data.length; pixel++) if (data[pixel] > 0) found.add(data[pixel]);
  const numbers = new Map([...found].sort((a, b) => a - b).map((label, index) => [label, index + 1]));
  const buffer = Int32Array.from(data, (label) => numbers.get(label) ?? 0);
  return new NdArray({ dtype: "int32", shape: labels.shape, buffer, role: "labels" });
}
