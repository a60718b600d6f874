import { relabelSequential } from "@bioengine/measure";
import { checkOptions, type DataOf, type DType, type NdArray } from "@bioengine/ndarray";
import { binaryOf, boolImage, checkSpatialImage } from "../image";
import { checkConnectivity } from "../neighbourhood";
import { checkNumber } from "../option";
import { grown, objectRuns } from "./objectruns";

/** What is small, and what is one object. */
export interface SmallObjectsOptions {
  /** Objects of up to this many pixels go. Default 64. */
  maxSize?: number;
  /** For bool masks: 1 (default): pixels are joined over edges; up to the number of axes: over corners too. */
  connectivity?: number;
}

/** Names of the number of pixels that an object must have to stay. */
const leastNames = ["minSize", "min_size", "areaThreshold", "area_threshold"];

function checked(
  name: string,
  action: string,
  image: NdArray,
  options: SmallObjectsOptions,
): Required<SmallObjectsOptions> {
  checkSpatialImage(image, { name, action }, [2, 3]);
  const given: unknown = options;
  // scikit-image's second argument is such a number, too.
  const least =
    typeof given === "number"
      ? [String(given), given]
      : Object.entries(options).find(([option]) => leastNames.includes(option));
  if (least) {
    const [option, size] = least;
    throw new TypeError(
      `Cannot ${action}: options must be among maxSize, connectivity, got ${option}, below which objects went; use ${name}(mask, { maxSize: ${Number(size) - 1} })`,
    );
  }
  checkOptions({ name, action, options: ["maxSize", "connectivity"] }, options);
  const { maxSize = 64, connectivity = 1 } = options;
  checkNumber(action, "maxSize", maxSize, "at least 0", maxSize >= 0);
  checkConnectivity(action, connectivity, image.ndim);
  return { maxSize, connectivity };
}

/** Invert the small objects that the pixels of a value are, in place. */
function invertSmall(
  mask: Uint8Array,
  value: 0 | 1,
  shape: readonly number[],
  { maxSize, connectivity }: Required<SmallObjectsOptions>,
): void {
  const { count, starts, ends, objects } = objectRuns(mask, value, shape, connectivity);
  const sizes = new Int32Array(count);
  for (let run = 0; run < count; run++) sizes[objects[run]] += ends[run] - starts[run];
  for (let run = 0; run < count; run++) {
    if (sizes[objects[run]] <= maxSize) mask.fill(1 - value, starts[run], ends[run]);
  }
}

/** The labels in 32 bits, which may be their own memory. */
function countable(image: NdArray): Int32Array {
  const { data, dtype } = image;
  if (data instanceof Int32Array) return data;
  return dtype.endsWith("64") || dtype === "uint32"
    ? relabelSequential(image).data
    : image.astype("int32").data;
}

/** Where the pixels end that have the label of the one at `start` and lie beside it. */
function endOf(labels: Int32Array, start: number): number {
  const label = labels[start];
  let end = start + 1;
  while (end < labels.length && labels[end] === label) end++;
  return end;
}

/** How many pixels each label has; undefined if labels are far beyond the number of pixels. */
function sizesOf(labels: Int32Array): Int32Array | undefined {
  let sizes: Int32Array = new Int32Array(1024);
  for (let start = 0; start < labels.length; ) {
    const label = labels[start];
    const end = endOf(labels, start);
    if (label >= sizes.length) {
      if (label > 2 * labels.length) return undefined;
      sizes = grown(sizes, label + 1);
    }
    if (label > 0) sizes[label] += end - start;
    start = end;
  }
  return sizes;
}

/** Set to 0 what is small of labels; the data is changed. */
function clear(data: DataOf<DType>, labels: Int32Array, sizes: Int32Array, maxSize: number): void {
  for (let start = 0; start < labels.length; ) {
    const label = labels[start];
    const end = endOf(labels, start);
    if (label > 0 && sizes[label] <= maxSize) {
      if (data instanceof BigInt64Array || data instanceof BigUint64Array) data.fill(0n, start, end);
      else data.fill(0, start, end);
    }
    start = end;
  }
}

/** Set to 0 what is small of a label image; the data is changed. */
function clearSmall(data: DataOf<DType>, image: NdArray, maxSize: number): void {
  const labels = countable(image);
  const sizes = sizesOf(labels);
  if (sizes) clear(data, labels, sizes, maxSize);
  // Labels far beyond the number of pixels are counted by other numbers.
  else clearSmall(data, relabelSequential(image), maxSize);
}

/**
 * Remove small objects (scikit-image's `remove_small_objects`): connected ones of a bool mask, or the labels of a label
 * image, whether they are connected or not.
 *
 * @param image `[y, x]` or `[z, y, x]` bools or labels; not modified
 * @returns the image's dtype; the labels that stay keep their numbers
 * @throws {TypeError} if the image is of floats, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const clean = removeSmallObjects(mask, { maxSize: 30 });
 */
export function removeSmallObjects<D extends DType>(
  image: NdArray<D>,
  options: SmallObjectsOptions = {},
): NdArray<D> {
  const action = "remove small objects";
  const settings = checked("removeSmallObjects", action, image, options);
  if (image.dtype.includes("float")) {
    throw new TypeError(
      `Cannot ${action}: the image must be bools or labels, got ${image.dtype}; use removeSmallObjects(image.greater(0))`,
    );
  }
  const result = image.copy();
  const { buffer, shape } = result;
  if (image.dtype === "bool" && buffer instanceof Uint8Array) invertSmall(buffer, 1, shape, settings);
  else clearSmall(buffer, image, settings.maxSize);
  return result;
}

/**
 * Fill small holes of a mask (scikit-image's `remove_small_holes`); background that touches the edge is one, too, if it
 * is small.
 *
 * @param image `[y, x]` or `[z, y, x]`, what is not 0 is true; not modified
 * @returns bool
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const filled = removeSmallHoles(mask, { maxSize: 20 });
 */
export function removeSmallHoles(image: NdArray, options: SmallObjectsOptions = {}): NdArray<"bool"> {
  const action = "remove small holes";
  const settings = checked("removeSmallHoles", action, image, options);
  const filled = binaryOf(image);
  invertSmall(filled, 0, image.shape, settings);
  return boolImage(filled, image);
}
