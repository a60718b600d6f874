import { type DType, NdArray } from "@bioengine/ndarray";
import { labelImage } from "./labelimage";
import { paintRuns } from "./paint";
import { labelRuns, RUN } from "./runs";

const action = "keep labels";

/**
 * A mask with some of its objects, which keep their labels.
 *
 * @param labels `[y, x]` or `[z, y, x]` integers, 0 = background; not modified
 * @param kept which labels stay, in any order: an array, or a column such as `table.column("label")`
 * @returns labels of the same shape and dtype, role "labels"
 * @throws {TypeError} if the labels are no integers, or `kept` is no list of numbers
 * @throws {RangeError} if one of `kept` is not in the mask
 * @example
 * const large = keepLabels(mask, table.filter((row) => row.area > 200).column("label"));
 */
export function keepLabels<D extends DType>(labels: NdArray<D>, kept: ArrayLike<unknown>): NdArray<D> {
  const numbers = Array.isArray(kept) || ArrayBuffer.isView(kept) ? Array.from(kept, Number) : [Number.NaN];
  if (numbers.some((number) => !Number.isInteger(number))) {
    throw new TypeError(
      `Cannot ${action}: they must be an array of whole numbers, got ${String(kept)}; use keepLabels(mask, table.column("label"))`,
    );
  }
  const image = labelImage(labels, action);
  const runs = labelRuns(image, action);
  const wanted = new Set(numbers);
  const found = new Set<number>();
  const values = Int32Array.from({ length: runs.count }, (_, run) => {
    const label = runs.table[run * RUN];
    if (!wanted.has(label)) return 0;
    found.add(label);
    return label;
  });
  const missing = numbers.filter((number) => !found.has(number));
  if (missing.length > 0) {
    throw new RangeError(
      `Cannot ${action}: the mask must have them, got ${missing.slice(0, 5).join(", ")}${missing.length > 5 ? ", …" : ""}, which it lacks`,
    );
  }
  const painted = new NdArray({
    dtype: "int32",
    shape: labels.shape,
    buffer: paintRuns(runs, values, image.width, labels.size),
    role: "labels",
    dimensions: labels.dimensions,
  });
  return painted.astype(labels.dtype);
}
