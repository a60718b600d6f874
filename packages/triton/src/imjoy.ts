import { isDType, NdArray, ndarray, type TypedArray } from "@bioengine/ndarray";
import { decode, ExtData, encode } from "@msgpack/msgpack";
import { describe } from "./correction";
import { datatypeOf } from "./datatype";
import { DecodeError, InputError } from "./error";
import { isPlainObject } from "./plainobject";
import { elementCount, readNumbers, tensorBytes } from "./tensor";

const maximumDepth = 512;

/**
 * A value as imjoy-rpc and Hypha write it: msgpack, with arrays as
 * `{_rtype: "ndarray", _rvalue: bytes, _rshape, _rdtype}`.
 *
 * @param value NdArrays, typed arrays (as arrays of one axis; Uint8Array as bytes), texts, numbers, bigints,
 *   booleans, null, and arrays, objects and Maps of them
 * @throws {InputError} if there is anything else in it, such as itself, or an array of bfloat16, which numpy does
 *   not have
 */
export function packImjoy(value: unknown): Uint8Array {
  return encode(toPlain(value), { useBigInt64: true, maxDepth: maximumDepth + 3 });
}

/**
 * The value in what imjoy-rpc or Hypha wrote, with its arrays as NdArray; integers beyond 2^53 are bigints, and
 * times are Dates.
 *
 * @throws {DecodeError} if it is cut, no msgpack or too deep, or an array in it has not as many bytes as its shape
 */
export function unpackImjoy(bytes: Uint8Array): unknown {
  let plain: unknown;
  try {
    // Room is made for as many elements as an array says it has: there are no more than bytes.
    plain = decode(bytes, { useBigInt64: true, maxArrayLength: bytes.length });
  } catch (cause) {
    throw new DecodeError(`Cannot read msgpack: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
  return fromPlain(plain);
}

function toPlain(value: unknown, depth = 0): unknown {
  if (depth > maximumDepth) {
    throw new InputError(
      `Cannot write msgpack: values must be nested at most ${maximumDepth} deep, got more, or one that contains itself`,
    );
  }
  if (value instanceof NdArray) return plainArray(value);
  if (value instanceof Uint8Array || value === null || value === undefined) return value;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const array = value as TypedArray;
    return plainArray(ndarray(array, [array.length]));
  }
  if (Array.isArray(value)) return value.map((member) => toPlain(member, depth + 1));
  if (value instanceof Map) return toPlain(Object.fromEntries(value), depth);
  if (isPlainObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, toPlain(member, depth + 1)]),
    );
  }
  if (typeof value === "number") return plainNumber(value);
  if (typeof value === "bigint") return checkInteger(value);
  if (typeof value === "string" || typeof value === "boolean") return value;
  throw new InputError(
    `Cannot write msgpack: a value must be an array, text, number or plain object, got ${describe(value)}`,
  );
}

/** The writer makes floats of whole numbers beyond 32 bits, which Python does not take for an index or a count. */
const plainNumber = (value: number): number | bigint =>
  Number.isSafeInteger(value) && (value >= 2 ** 32 || value < -(2 ** 31)) ? BigInt(value) : value;

function checkInteger(value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value || BigInt.asUintN(64, value) === value) return value;
  throw new InputError(`Cannot write msgpack: an integer must have at most 64 bits, got ${value}`);
}

function plainArray({ dtype, shape, data }: NdArray): unknown {
  if (dtype === "bfloat16") {
    throw new InputError(
      `Cannot write msgpack: numpy must have the dtype, got bfloat16; write astype("float32")`,
    );
  }
  const tensor = { name: "", datatype: datatypeOf(dtype), shape, data };
  return { _rtype: "ndarray", _rvalue: tensorBytes(tensor), _rshape: shape, _rdtype: dtype };
}

function fromPlain(value: unknown, depth = 0): unknown {
  if (depth > maximumDepth) {
    throw new DecodeError(`Cannot read msgpack: values must be nested at most ${maximumDepth} deep`);
  }
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Array.isArray(value)) return value.map((member) => fromPlain(member, depth + 1));
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (value instanceof Date) return value;
  if (value instanceof ExtData) {
    throw new DecodeError(`Cannot read msgpack: there must be no extension types, got ${value.type}`);
  }
  if ("_rtype" in value && value._rtype === "ndarray") return arrayOf({ ...value });
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, fromPlain(member, depth + 1)]),
  );
}

function arrayOf({ _rvalue, _rshape, _rdtype }: Record<string, unknown>): NdArray {
  if (!isDType(_rdtype) || !(_rvalue instanceof Uint8Array) || !Array.isArray(_rshape)) {
    const got = [_rdtype, _rvalue, _rshape].map((part) => (typeof part === "string" ? part : describe(part)));
    throw new DecodeError(
      `Cannot read an array: it must have one of Triton's dtypes, bytes and a shape, got ${got.join(", ")}`,
    );
  }
  const shape = _rshape.map(lengthOf);
  const data = readNumbers(_rvalue, datatypeOf(_rdtype));
  if (data.length !== elementCount(shape)) {
    throw new DecodeError(
      `Cannot read an array: shape [${shape.join(", ")}] must have ${elementCount(shape)} elements, got ${data.length}`,
    );
  }
  return new NdArray({ dtype: _rdtype, shape, buffer: data });
}

function lengthOf(value: unknown): number {
  const length = typeof value === "bigint" ? Number(value) : value;
  if (typeof length === "number" && Number.isSafeInteger(length) && length >= 0) return length;
  throw new DecodeError(`Cannot read an array: its lengths must be whole numbers, got ${describe(value)}`);
}
