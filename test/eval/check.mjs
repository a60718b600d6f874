// What a right answer has, said of what was found: each check returns what is wrong, or undefined.
import { createHash } from "node:crypto";

const shown = (value) => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
};

/** A number, or an array or text that holds just one, near the expected one. */
export function near(value, expected, tolerance = 1e-3 * Math.abs(expected)) {
  const number = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (typeof number === "number" && Math.abs(number - expected) <= tolerance) return undefined;
  return `it must be ${expected} ± ${tolerance}, got ${shown(value)}`;
}

/** A whole number in a range. */
export function between(value, low, high) {
  if (Number.isInteger(value) && value >= low && value <= high) return undefined;
  return `it must be a whole number from ${low} to ${high}, got ${shown(value)}`;
}

/** Numbers in order, as an array, an NdArray or a column. */
export function numbers(value, expected, tolerance = 1e-3) {
  const list = value?.kind === "array" ? value.data : value;
  if (!Array.isArray(list) || list.length !== expected.length) {
    return `it must be ${expected.length} numbers, got ${shown(list)}`;
  }
  const wrong = list.findIndex((number, i) => !(Math.abs(number - expected[i]) <= tolerance));
  return wrong === -1 ? undefined : `number ${wrong} must be ${expected[wrong]}, got ${shown(list[wrong])}`;
}

/** An NdArray with these axes and values, whatever its dtype; `expected` is a shape and a hash. */
export function pixels(value, { shape, sha256 }) {
  if (value?.kind !== "array") return `it must be an NdArray, got ${shown(value)}`;
  if (value.shape.join() !== shape.join()) return `its shape must be [${shape}], got [${value.shape}]`;
  const bytes = Buffer.from(Int32Array.from(value.data).buffer);
  return createHash("sha256").update(bytes).digest("hex") === sha256 ? undefined : "its pixels are wrong";
}

/** An NdArray as a mask: where it isn't 0. */
export const foreground = (value) =>
  value?.kind === "array" ? { ...value, data: value.data.map((label) => (label ? 1 : 0)) } : value;

/** Overlap (Dice) of two masks' objects with the background. */
function dice(one, other) {
  let both = 0;
  let sum = 0;
  for (let i = 0; i < one.length; i++) {
    both += one[i] && other[i] ? 2 : 0;
    sum += (one[i] ? 1 : 0) + (other[i] ? 1 : 0);
  }
  return both / sum;
}

/** Labels that find the objects of a reference: about as many, and on the same pixels. */
export function objects(value, reference) {
  if (value?.kind !== "array") return `it must be an NdArray, got ${shown(value)}`;
  if (value.shape.join() !== reference.shape.join()) {
    return `its shape must be [${reference.shape}], got [${value.shape}]`;
  }
  const count = new Set(value.data).size - 1;
  const expected = new Set(reference.data).size - 1;
  if (Math.abs(count - expected) > 0.2 * expected) {
    return `it must have about ${expected} objects, got ${count}`;
  }
  const overlap = dice(value.data, reference.data);
  return overlap > 0.8 ? undefined : `it must lie on the objects, got an overlap of ${overlap.toFixed(2)}`;
}
