import type { TypedArray } from "@bioengine/ndarray";
import { dtypeOf, type NumericDatatype } from "./datatype";
import { DecodeError } from "./error";
import type { JsonValue } from "./json";
import type { Tensor } from "./tensor";

const encoder = new TextEncoder();

/** Elements of nested arrays in C order. Triton takes any nesting, whatever the shape. */
function flatten(data: readonly JsonValue[], into: JsonValue[] = []): JsonValue[] {
  for (const element of data) {
    if (Array.isArray(element)) flatten(element, into);
    else into.push(element);
  }
  return into;
}

const storage = {
  bool: Uint8Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  float16: Float32Array,
  bfloat16: Float32Array,
  float32: Float32Array,
  float64: Float64Array,
};

function refuse(kind: string, wanted: string): never {
  throw new DecodeError(`attempt to access JSON non-${kind} as ${wanted}`);
}

function toBoolean(value: JsonValue): number {
  return typeof value === "boolean" ? Number(value) : refuse("boolean", "boolean");
}

function toDouble(value: JsonValue): number {
  if (typeof value === "number" || typeof value === "bigint") return Number(value);
  return refuse("number", "double");
}

function toInteger(value: JsonValue, signed: boolean): number | bigint {
  // Integers of 64 bits that a number can't hold come as bigint: greater numbers are doubles.
  const fits =
    typeof value === "bigint" ? BigInt.asIntN(64, value) === value || !signed : Number.isSafeInteger(value);
  if (fits && (typeof value === "number" || typeof value === "bigint") && (signed || value >= 0))
    return value;
  return signed ? refuse("signed-integer", "signed-integer") : refuse("unsigned-integer", "unsigned-integer");
}

/**
 * Numbers of a JSON `data` array, in C order.
 *
 * @param overflow what happens to integers too large for the datatype: requests let them wrap, as Triton does
 * @throws {DecodeError} if an element is of another kind, in Triton's words; or too large, if that is refused
 */
export function numbersOfJson(
  data: readonly JsonValue[],
  datatype: NumericDatatype,
  overflow: "wrap" | "refuse" = "wrap",
): TypedArray {
  const dtype = dtypeOf(datatype);
  const elements = flatten(data);
  const check = (stored: number | bigint, integer: number | bigint) => {
    if (stored === integer || overflow === "wrap") return;
    throw new DecodeError(`Cannot read ${datatype}: an integer must fit, got ${integer}`);
  };
  if (dtype === "int64" || dtype === "uint64") {
    const array =
      dtype === "int64" ? new BigInt64Array(elements.length) : new BigUint64Array(elements.length);
    for (let i = 0; i < array.length; i++) {
      const integer = BigInt(toInteger(elements[i], dtype === "int64"));
      array[i] = integer;
      check(array[i], integer);
    }
    return array;
  }
  const array = new storage[dtype](elements.length);
  for (let i = 0; i < array.length; i++) {
    const element = elements[i];
    if (dtype === "bool") array[i] = toBoolean(element);
    else if (array instanceof Float32Array || array instanceof Float64Array) array[i] = toDouble(element);
    else {
      const integer = toInteger(element, dtype.startsWith("int"));
      array[i] = typeof integer === "bigint" ? Number(BigInt.asIntN(32, integer)) : integer;
      check(array[i], integer);
    }
  }
  return array;
}

/**
 * Byte strings of a JSON `data` array, in C order.
 *
 * @throws {DecodeError} if an element is no text
 */
export function stringsOfJson(data: readonly JsonValue[]): Uint8Array[] {
  return flatten(data).map((element) => {
    if (typeof element === "string") return encoder.encode(element);
    return element instanceof Uint8Array ? element : refuse("string", "string");
  });
}

/** A tensor's elements as a flat JSON array, written as Triton writes it: with NaN, 64-bit integers and any bytes. */
export function jsonOfTensor(tensor: Tensor): Uint8Array {
  if (tensor.datatype === "BYTES") return quoteAll(tensor.data);
  const { data } = tensor;
  if (data instanceof Float32Array || data instanceof Float64Array) {
    return encoder.encode(`[${Array.from(data, decimal).join(",")}]`);
  }
  if (tensor.datatype === "BOOL") return encoder.encode(`[${Array.from(data, Boolean).join(",")}]`);
  return encoder.encode(`[${data.join(",")}]`);
}

/** A number as RapidJSON writes a double: 1.0, 1e30, -0.0. */
function decimal(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return `${value}.0`;
  return String(value).replace("e+", "e");
}

const named: Record<number, string> = {
  8: "\\b",
  9: "\\t",
  10: "\\n",
  12: "\\f",
  13: "\\r",
  34: '\\"',
  92: "\\\\",
};

function escapeByte(byte: number): string | undefined {
  if (named[byte]) return named[byte];
  return byte < 0x20 ? `\\u${byte.toString(16).toUpperCase().padStart(4, "0")}` : undefined;
}

function quoteAll(elements: readonly Uint8Array[]): Uint8Array {
  const written: number[] = [];
  const write = (text: string) => {
    for (let i = 0; i < text.length; i++) written.push(text.charCodeAt(i));
  };
  elements.forEach((element, index) => {
    write(index === 0 ? '["' : ',"');
    for (const byte of element) {
      const escaped = escapeByte(byte);
      if (escaped === undefined) written.push(byte);
      else write(escaped);
    }
    write('"');
  });
  write(elements.length === 0 ? "[]" : "]");
  return Uint8Array.from(written);
}

/** Whether the protocol lets tensors of this datatype be JSON: 16-bit floats may not. */
export const mayBeJson = (datatype: Tensor["datatype"]): boolean =>
  datatype !== "FP16" && datatype !== "BF16";
