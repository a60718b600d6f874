import { label, relabelSequential } from "@bioengine/measure";
import type { DataOf, DType, NdArray } from "@bioengine/ndarray";
import { boolImage, checkImage, inverted } from "./image";
import { checkNumber, checkOptions } from "./option";

/** What is small, and what is one object. */
export interface SmallObjectsOptions {
  /** Objects of up to this many pixels go. Default 64. */
  maxSize?: number;
  /** For bool masks: 1 (default): pixels are joined over edges; up to the number of axes: over corners too. */
  connectivity?: number;
}

/** Names of the number of pixels that an object must have to stay. */
const leastNames = ["minSize", "min_size", "areaThreshold", "area_threshold"];

function checkedSize(name: string, action: string, image: NdArray, options: SmallObjectsOptions): number {
  checkImage(image, action, [2, 3]);
  const least = Object.entries(options).find(([option]) => leastNames.includes(option));
  if (least) {
    const [option, size] = least;
    throw new TypeError(
      `Cannot ${action}: options must be among maxSize, connectivity, got ${option}, below which objects went; use ${name}(mask, { maxSize: ${Number(size) - 1} })`,
    );
  }
  checkOptions({ name, action, options: ["maxSize", "connectivity"] }, options);
  const { maxSize = 64 } = options;
  checkNumber(action, "maxSize", maxSize, "at least 0", maxSize >= 0);
  return maxSize;
}

/** Set to 0 what is small of labels without gaps; the data is changed. */
function clear(data: DataOf<DType>, labels: Int32Array, maxSize: number): void {
  let most = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] > most) most = labels[i];
  const sizes = new Int32Array(most + 1);
  for (let i = 0; i < labels.length; i++) sizes[labels[i]]++;
  const small = Uint8Array.from(sizes, (size, label) => (label > 0 && size <= maxSize ? 1 : 0));
  const zero = data instanceof BigInt64Array || data instanceof BigUint64Array ? 0n : 0;
  for (let i = 0; i < labels.length; i++) if (small[labels[i]] === 1) data[i] = zero;
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
  const maxSize = checkedSize("removeSmallObjects", action, image, options);
  const { connectivity = 1 } = options;
  if (image.dtype.includes("float")) {
    throw new TypeError(
      `Cannot ${action}: the image must be bools or labels, got ${image.dtype}; use removeSmallObjects(image.greater(0))`,
    );
  }
  const labels = image.dtype === "bool" ? label(image, { connectivity }) : relabelSequential(image);
  const result = image.copy();
  clear(result.buffer, labels.data, maxSize);
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
  const maxSize = checkedSize("removeSmallHoles", action, image, options);
  const { connectivity = 1 } = options;
  const background = image.equal(0);
  clear(background.buffer, label(background, { connectivity }).data, maxSize);
  return boolImage(inverted(background.buffer), image);
}
