import { createHash } from "node:crypto";
import { NdArray } from "@bioengine/ndarray";
import { imageLayout, kindOf } from "./image";
import type { Size } from "./picture";

/** The labels of a mask, checked and measured. Inner type: never leaves the package. */
export interface Labels extends Size {
  readonly values: Uint32Array;
  /** Pixels of each label, background left out. */
  readonly areas: ReadonlyMap<number, number>;
  readonly maxLabel: number;
  /** Labels with a pixel in the first or last row or column. */
  readonly edge: ReadonlySet<number>;
}

/** Whether an array's dtype can hold labels. */
export function isInteger(array: NdArray): boolean {
  return array.dtype.includes("int");
}

/**
 * Read a mask.
 *
 * @param action what is done with it, for messages
 * @throws {TypeError} if it is no integer array
 * @throws {RangeError} if it is not `[y, x]`, or a label is below 0 or above 2^32 - 1
 */
export function readLabels(mask: unknown, action = "show mask"): Labels {
  if (!(mask instanceof NdArray)) {
    throw new TypeError(
      `Cannot ${action}: the mask must be an NdArray such as results.mask.at(0) or label(image), got ${kindOf(mask)}`,
    );
  }
  if (!isInteger(mask)) {
    const conversion = mask.dtype === "bool" ? "label(mask)" : 'mask.astype("int32")';
    throw new TypeError(`Cannot ${action}: labels must be integers, got ${mask.dtype}: show ${conversion}`);
  }
  if (mask.ndim !== 2 || mask.size === 0) {
    const planes = Array(Math.max(0, mask.ndim - 2))
      .fill(0)
      .join(", ");
    const advice = mask.ndim > 2 ? `: show mask.at(${planes})` : "";
    throw new RangeError(
      `Cannot ${action}: the mask must be [y, x], got [${mask.shape.join(", ")}]${advice}`,
    );
  }
  const [height = 0, width = 0] = mask.shape;
  const values = toUnsigned(mask, width);
  return { width, height, values, ...measure(values, width, height) };
}

/**
 * Refuse an image that does not lie under the mask.
 *
 * @throws {RangeError} if the sizes differ
 */
export function checkImage(image: unknown, labels: Size): asserts image is NdArray {
  const { width, height } = imageLayout(image, "show mask over image");
  if (width === labels.width && height === labels.height) return;
  const turned =
    width === labels.height && height === labels.width
      ? ": show mask.transpose(), or the image that was segmented"
      : "";
  throw new RangeError(
    `Cannot show mask over image: both must have the same height and width, ` +
      `got mask [${labels.height}, ${labels.width}] and image [${height}, ${width}]${turned}`,
  );
}

/** The same for the same labels and size, whatever the dtype: links a table to its mask. */
export function labelsId({ values, width, height }: Pick<Labels, "values" | keyof Size>): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return createHash("sha1").update(`${height}×${width}`).update(bytes).digest("hex").slice(0, 16);
}

function toUnsigned(mask: NdArray, width: number): Uint32Array {
  const data: ArrayLike<number | bigint> = mask.data;
  const values = new Uint32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const label = Number(data[i]!);
    values[i] = label;
    if (values[i] !== label) {
      throw new RangeError(
        `Cannot show mask: labels must be from 0 to 4294967295, got ${label} at [${Math.floor(i / width)}, ${i % width}]`,
      );
    }
  }
  return values;
}

function measure(values: Uint32Array, width: number, height: number): Omit<Labels, "values" | keyof Size> {
  const areas = new Map<number, number>();
  const edge = new Set<number>();
  let maxLabel = 0;
  for (let y = 0; y < height; y++) {
    const end = (y + 1) * width;
    for (let i = y * width; i < end; ) {
      const label = values[i]!;
      const start = i;
      while (i < end && values[i] === label) i++;
      if (label === 0) continue;
      areas.set(label, (areas.get(label) ?? 0) + i - start);
      if (label > maxLabel) maxLabel = label;
      if (y === 0 || y === height - 1 || start === y * width || i === end) edge.add(label);
    }
  }
  return { areas, maxLabel, edge };
}
