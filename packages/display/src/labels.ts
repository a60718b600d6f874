import { createHash } from "node:crypto";
import { labelDtype, NdArray } from "@bioengine/ndarray";
import { imageLayout, kindOf } from "./image/image";
import type { Size } from "./image/picture";

/** The labels of a mask, checked and measured; width and height are a plane's. Inner type: never leaves the package. */
export interface Labels extends Size {
  readonly values: Uint32Array;
  readonly planes: number;
  /** Pixels of each label, background left out. */
  readonly areas: ReadonlyMap<number, number>;
  readonly maxLabel: number;
  /** Labels with a pixel in the first or last row or column of a plane. */
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
 * @throws {RangeError} if it is neither `[y, x]` nor `[z, y, x]`, or a label is below 0 or above 2^32 - 1
 */
export function readLabels(mask: unknown, action = "show mask"): Labels {
  if (!(mask instanceof NdArray)) {
    throw new TypeError(
      `Cannot ${action}: the mask must be an NdArray such as results.mask.at(0) or label(image), got ${kindOf(mask)}`,
    );
  }
  if (!isInteger(mask)) {
    const conversion = mask.dtype === "bool" ? "label(mask)" : `mask.astype("${labelDtype(mask)}")`;
    throw new TypeError(`Cannot ${action}: labels must be integers, got ${mask.dtype}: show ${conversion}`);
  }
  if ((mask.ndim !== 2 && mask.ndim !== 3) || mask.size === 0) {
    const planes = Array(Math.max(0, mask.ndim - 2))
      .fill(0)
      .join(", ");
    const advice = mask.ndim > 3 ? `: show mask.at(${planes})` : "";
    throw new RangeError(
      `Cannot ${action}: the mask must be [y, x] or [z, y, x], got [${mask.shape.join(", ")}]${advice}`,
    );
  }
  const [height = 0, width = 0] = mask.shape.slice(-2);
  const values = toUnsigned(mask);
  const planes = values.length / (width * height);
  return { width, height, planes, values, ...measure(values, width, height) };
}

/**
 * A film's labels with each object of each frame by itself, as a label may be another object's in the next frame.
 *
 * @returns areas and edge by frame · (maxLabel + 1) + label
 */
export function labelsByFrame(labels: Labels): Labels {
  const { values, width, height, planes, maxLabel } = labels;
  const areas = new Map<number, number>();
  const edge = new Set<number>();
  for (let frame = 0; frame < planes; frame++) {
    const plane = values.subarray(frame * width * height, (frame + 1) * width * height);
    const measured = measure(plane, width, height);
    for (const [label, area] of measured.areas) areas.set(frame * (maxLabel + 1) + label, area);
    for (const label of measured.edge) edge.add(frame * (maxLabel + 1) + label);
  }
  return { ...labels, areas, edge };
}

/**
 * Refuse an image that does not lie under the mask.
 *
 * @throws {RangeError} if the sizes differ
 */
export function checkImage(image: unknown, labels: Labels): asserts image is NdArray {
  const { width, height, planes } = imageLayout(image, "show mask over image", labels.planes > 1);
  if (planes !== labels.planes) {
    throw new RangeError(
      `Cannot show mask over image: both must have as many planes, got ${labels.planes} of the mask and ${planes} of the image`,
    );
  }
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
export function labelsId({ values, planes, width, height }: Labels): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return createHash("sha1")
    .update(`${planes > 1 ? `${planes}×` : ""}${height}×${width}`)
    .update(bytes)
    .digest("hex")
    .slice(0, 16);
}

function toUnsigned(mask: NdArray): Uint32Array {
  const data: ArrayLike<number | bigint> = mask.data;
  const values = new Uint32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const label = Number(data[i]!);
    values[i] = label;
    if (values[i] !== label) {
      throw new RangeError(
        `Cannot show mask: labels must be from 0 to 4294967295, got ${label} at [${positionOf(i, mask.shape).join(", ")}]`,
      );
    }
  }
  return values;
}

function positionOf(offset: number, shape: readonly number[]): number[] {
  return shape.reduceRight<[number, number[]]>(
    ([rest, position], length) => [Math.floor(rest / length), [rest % length, ...position]],
    [offset, []],
  )[1];
}

function measure(
  values: Uint32Array,
  width: number,
  height: number,
): Omit<Labels, "values" | "planes" | keyof Size> {
  const areas = new Map<number, number>();
  const edge = new Set<number>();
  let maxLabel = 0;
  for (let row = 0; row * width < values.length; row++) {
    const y = row % height;
    const end = (row + 1) * width;
    for (let i = row * width; i < end; ) {
      const label = values[i]!;
      const start = i;
      while (i < end && values[i] === label) i++;
      if (label === 0) continue;
      areas.set(label, (areas.get(label) ?? 0) + i - start);
      if (label > maxLabel) maxLabel = label;
      if (y === 0 || y === height - 1 || start === row * width || i === end) edge.add(label);
    }
  }
  return { areas, maxLabel, edge };
}
