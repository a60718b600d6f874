import { NdArray, Table } from "@bioengine/ndarray";
import { axesOf } from "./imageaxes";
import { labelledObjects, objectDiameter } from "./objectdiameter";

/** Longest description, in characters. */
const MAX_LENGTH = 200;
const MAX_MEMBERS = 8;

const cut = (text: string): string => (text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text);
const short = (value: number): string => String(Number(value.toPrecision(4)));
const px = (diameter: number): string => `${Math.round(diameter)} px`;

/** The plane that a model would be given first, gray; undefined if the axes are unusual. */
function firstPlane(image: NdArray): NdArray | undefined {
  if (image.ndim < 2 || image.ndim > 4 || (image.ndim === 4 && image.shape[3] > 4)) return undefined;
  const { plane, count } = axesOf(image);
  const first = count === undefined ? image : image.at(count >> 1);
  return plane === "yx" ? first : first.mean(2);
}

function describeArray(array: NdArray): string {
  const { shape, dtype, axes, spacing, role } = array;
  const parts = [`NdArray [${shape.join(", ")}] ${dtype}`];
  if (axes !== undefined) parts.push(`axes ${axes}`);
  if (spacing !== undefined) parts.push(`${spacing.map(short).join(" × ")} µm per pixel`);
  if (array.size === 0) return parts.join(", ");
  if (role === "labels") {
    const { count, diameter } = labelledObjects(array);
    parts.push(`labels of ${count} object${count === 1 ? "" : "s"}`);
    if (diameter !== undefined) parts.push(`median diameter ${px(diameter)}`);
    return parts.join(", ");
  }
  if (dtype === "bool") return [...parts, `${short(100 * array.mean())}% true`].join(", ");
  parts.push(`values ${short(array.min())} to ${short(array.max())}, median ${short(array.percentile(50))}`);
  const plane = firstPlane(array);
  const diameter = plane && objectDiameter(plane);
  if (diameter !== undefined) parts.push(`bright objects of about ${px(diameter)}`);
  return parts.join(", ");
}

function describeMember(value: unknown): string {
  if (value instanceof NdArray) return `NdArray [${value.shape.join(", ")}] ${value.dtype}`;
  if (typeof value !== "object" || value === null) return describeValue(value);
  return Array.isArray(value) ? `Array of ${value.length}` : "an object";
}

/**
 * What a value holds, in a few words for a code model: of an image shape, dtype, axes, pixel size, range and the rough
 * diameter of its objects; of a mask their number and diameter; of a table its columns.
 *
 * @returns at most 200 characters
 * @example
 * describeValue(mask); // "NdArray [512, 512] uint16, axes YX, labels of 93 objects, median diameter 24 px"
 */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return cut(JSON.stringify(value));
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof NdArray) return cut(describeArray(value));
  if (value instanceof Table) {
    return cut(`Table of ${value.rowCount} rows with the columns ${value.columnNames.join(", ")}`);
  }
  if (Array.isArray(value)) {
    const first = value.length > 0 ? `, the first: ${describeMember(value[0])}` : "";
    return cut(`Array of ${value.length}${first}`);
  }
  const members = Object.entries(value).slice(0, MAX_MEMBERS);
  const texts = members.map(([key, member]) => `${key}: ${describeMember(member)}`);
  return cut(`${value.constructor?.name ?? "Object"} { ${texts.join(", ")} }`);
}
