import { NdArray } from "@bioengine/ndarray";
import { describe } from "./correction";
import { flattenInput } from "./nestedinput";

type Refuse = (got: string, advice?: string) => never;

const encoder = new TextEncoder();

/**
 * An input of text: a string (as UTF-8), bytes, or a plain object (as JSON) is one element; arrays of them have
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
  if (
    typeof element !== "object" ||
    element === null ||
    element instanceof NdArray ||
    ArrayBuffer.isView(element)
  ) {
    return refuse(describe(element));
  }
  return encoder.encode(JSON.stringify(element, checkMember(refuse)));
}

/** JSON would silently make null of NaN, and an object of numbered members of an array. */
function checkMember(refuse: Refuse): (key: string, member: unknown) => unknown {
  return (key, member) => {
    if (typeof member === "number" && !Number.isFinite(member)) refuse(`{ ${key}: ${member} }`);
    if (typeof member === "bigint") refuse(`{ ${key}: ${member}n }`, `; write ${key}: ${member}`);
    if (member instanceof NdArray || ArrayBuffer.isView(member)) {
      refuse(`{ ${key}: ${describe(member)} }`, "; give it as an input of its own, or as a plain array");
    }
    return member;
  };
}
