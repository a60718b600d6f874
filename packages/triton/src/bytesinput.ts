import { NdArray } from "@bioengine/ndarray";
import { describe } from "./correction";
import { flattenInput } from "./nestedinput";
import { isPlainObject } from "./plainobject";

type Refuse = (got: string, advice?: string) => never;

const encoder = new TextEncoder();

/**
 * An input of text: a string (as UTF-8), bytes, or a plain object or Map (as JSON) is one element; arrays of them have
 * their own shape.
 *
 * @param ndim number of axes that the model wants: one element has a length of 1 along each
 */
export function bytesOfInput(
  value: unknown,
  ndim: number,
  refuse: Refuse,
): { shape: number[]; elements: Uint8Array[] } {
  const { shape, elements } = flattenInput(value, refuse);
  const bytes = elements.map((element) => bytesOfElement(element, refuse));
  return { shape: Array.isArray(value) ? shape : Array(ndim).fill(1), elements: bytes };
}

function bytesOfElement(element: unknown, refuse: Refuse): Uint8Array {
  if (typeof element === "string") return encoder.encode(element);
  if (element instanceof Uint8Array) return element;
  if (element instanceof ArrayBuffer) return new Uint8Array(element);
  if (!isPlainObject(element) && !(element instanceof Map)) return refuse(describe(element));
  return encoder.encode(JSON.stringify(element, checkMember(refuse)));
}

/** JSON would silently make null of NaN, and an empty object of a Set. */
function checkMember(refuse: Refuse) {
  return function (this: Record<string, unknown>, key: string, json: unknown): unknown {
    // An array's own, not what its toJSON makes of it.
    const member = this[key] instanceof NdArray ? this[key] : json;
    if (typeof member === "number" && !Number.isFinite(member)) refuse(`{ ${key}: ${member} }`);
    if (typeof member === "bigint") refuse(`{ ${key}: ${member}n }`, `; write ${key}: ${member}`);
    if (typeof member !== "object" || member === null || Array.isArray(member)) return member;
    if (member instanceof Map) return Object.fromEntries(member);
    if (isPlainObject(member)) return member;
    return refuse(`{ ${key}: ${describe(member)} }`, "; give it as an input of its own, or as a plain array");
  };
}
