import type { MimeBundle } from "@bioengine/mime";
import type { NdArray } from "@bioengine/ndarray";
import { numbersOf } from "./image/image";
import { imageBundle, planeBundle } from "./image/imagebundle";
import { isInteger } from "./labels";
import { maskBundle } from "./mask/maskbundle";
import { numberText } from "./numbertext";
import { isPointList } from "./pointlist";

/** Arrays of at most this many elements are read as numbers, not looked at. */
const readableSize = 64;
/** Rows that are told of many points. */
const readableRows = 16;
const labelTypes = ["int32", "uint32", "int64", "uint64"];

/**
 * An array as what it most likely is: labels as a mask, planes as an image, few numbers and lists of points as text,
 * and of anything else the plane in the middle. Never refuses an array.
 */
export function arrayBundle(array: NdArray): MimeBundle {
  const plane = withoutLeadingOnes(array);
  if (plane.size === 0) return textBundle(arrayText(array));
  if (array.size > readableSize && isPointList(array)) return textBundle(pointsText(array));
  if ((plane.ndim === 2 || plane.ndim === 3) && holdsLabels(plane)) return maskBundle(plane);
  if (array.size <= readableSize || plane.ndim < 2) return textBundle(arrayText(array));
  const channels = plane.ndim === 3 ? plane.shape[2]! : 1;
  if (plane.ndim === 2 || (plane.ndim === 3 && (channels === 3 || channels === 4))) return imageBundle(plane);
  return middlePlane(array);
}

/** An array in one line: `NdArray [512, 512] int32 labels`. */
export function arrayName(array: NdArray): string {
  return `NdArray [${array.shape.join(", ")}] ${array.dtype}${array.role ? ` ${array.role}` : ""}`;
}

/** Labels by their role, or by a dtype that images do not have; a difference image below 0 is none. */
function holdsLabels(plane: NdArray): boolean {
  if (!isInteger(plane) || (plane.role !== "labels" && !labelTypes.includes(plane.dtype))) return false;
  const values = numbersOf(plane);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < 0 || value > 0xffffffff) return false;
  }
  return plane.role === "labels" || plane.size > readableSize;
}

function withoutLeadingOnes(array: NdArray): NdArray {
  let plane = array;
  while (plane.ndim > 2 && plane.shape[0] === 1) plane = plane.at(0);
  return plane;
}

/** The plane in the middle of a stack; the first one in time and of the channels. */
function middlePlane(array: NdArray): MimeBundle {
  const indices = array.shape.slice(0, -2).map((length, axis) => {
    const isFirst = /[TC]/.test(array.axes?.[axis] ?? "");
    return isFirst ? 0 : Math.floor(length / 2);
  });
  const plane = array.at(...indices);
  const caption = `${arrayName(array)}, shown is .at(${indices.join(", ")})`;
  if (!holdsLabels(plane)) return planeBundle(plane, caption);
  const { data, metadata } = maskBundle(plane);
  const text = `${caption}:\n${data["text/plain"]}`;
  return { data: { "image/png": data["image/png"], "text/plain": text }, metadata };
}

function arrayText(array: NdArray): string {
  if (array.size === 0) return `${arrayName(array)}, no elements`;
  if (array.size > readableSize) {
    const values = numbersOf(array);
    const first = Array.from({ length: 8 }, (_, i) => numberText(values[i]!));
    return `${arrayName(array)}: ${first.join(", ")}, … (min ${array.min()}, max ${array.max()}, mean ${array.mean()})`;
  }
  return `${arrayName(array)}\n${nestedText(array.toArray())}`;
}

function pointsText(array: NdArray): string {
  const rows = array.shape[0]!;
  const first = nestedText(array.slice([0, readableRows]).toArray());
  const range = `min ${numberText(array.min())}, max ${numberText(array.max())}`;
  return `${arrayName(array)} (${range}), the first ${readableRows} of ${rows} rows:\n${first.slice(0, -1)},\n …]`;
}

function nestedText(value: unknown, indent = ""): string {
  if (!Array.isArray(value))
    return typeof value === "number" || typeof value === "bigint" ? numberText(value) : String(value);
  if (!value.some(Array.isArray)) return `[${value.map((element) => nestedText(element)).join(", ")}]`;
  const rows = value.map((element) => nestedText(element, `${indent} `));
  return `[${rows.join(`,\n${indent} `)}]`;
}

function textBundle(text: string): MimeBundle {
  return { data: { "text/plain": text }, metadata: {} };
}
