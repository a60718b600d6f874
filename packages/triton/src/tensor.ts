import type { DType, TypedArray } from "@bioengine/ndarray";
import { type Datatype, datatypeByteSize, dtypeOf, type NumericDatatype } from "./datatype";
import { DecodeError } from "./error";
import { packBfloat16, packFloat16, unpackBfloat16, unpackFloat16 } from "./float16";

/** Numbers on their way: the elements in C order, stored as an NdArray of that dtype stores them. */
export interface NumericTensor {
  readonly name: string;
  readonly datatype: NumericDatatype;
  readonly shape: readonly number[];
  readonly data: TypedArray;
}

/** Byte strings on their way: the elements in C order. */
export interface BytesTensor {
  readonly name: string;
  readonly datatype: "BYTES";
  readonly shape: readonly number[];
  readonly data: readonly Uint8Array[];
}

/** A named tensor, as both sides of the protocol hold it. */
export type Tensor = NumericTensor | BytesTensor;

/** Number of elements of a shape. */
export const elementCount = (shape: readonly number[]): number =>
  shape.reduce((count, length) => count * length, 1);

const bytesOf = (array: TypedArray): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Little-endian bytes of a tensor's elements; shares memory with numbers that need no conversion. */
export function tensorBytes(tensor: Tensor): Uint8Array {
  if (tensor.datatype === "BYTES") return packStrings(tensor.data);
  if (tensor.data instanceof Float32Array) {
    if (tensor.datatype === "FP16") return bytesOf(packFloat16(tensor.data));
    if (tensor.datatype === "BF16") return bytesOf(packBfloat16(tensor.data));
  }
  return bytesOf(tensor.data);
}

/** Byte strings as the binary data of a BYTES tensor: each after its length, 4 bytes, little-endian. */
export function packStrings(elements: readonly Uint8Array[]): Uint8Array {
  const packed = new Uint8Array(elements.reduce((size, element) => size + 4 + element.length, 0));
  const view = new DataView(packed.buffer);
  let position = 0;
  for (const element of elements) {
    view.setUint32(position, element.length, true);
    packed.set(element, position + 4);
    position += 4 + element.length;
  }
  return packed;
}

type View = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => TypedArray;

const views: Record<DType, View> = {
  bool: Uint8Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  float16: Uint16Array,
  bfloat16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
};

/**
 * The elements in little-endian bytes. Numbers share memory with `bytes` where its alignment and their storage allow.
 *
 * @throws {DecodeError} if the bytes are not a whole number of elements
 */
export function readNumbers(bytes: Uint8Array, datatype: NumericDatatype): TypedArray {
  const size = datatypeByteSize(datatype);
  if (bytes.length % size !== 0) {
    throw new DecodeError(
      `Cannot read ${datatype}: the data must be a multiple of ${size} bytes, got ${bytes.length}`,
    );
  }
  // Not slice(): that of Node's Buffer would share the memory.
  const aligned = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
  const view = new views[dtypeOf(datatype)](aligned.buffer, aligned.byteOffset, bytes.length / size);
  if (view instanceof Uint16Array) {
    if (datatype === "FP16") return unpackFloat16(view);
    if (datatype === "BF16") return unpackBfloat16(view);
  }
  return view;
}

/**
 * The byte strings in length-prefixed bytes, sharing memory with them.
 *
 * @param most how many there may be: what is no text may look like a string every 4 bytes
 * @throws {DecodeError} if a string is longer than what is left, or there are more
 */
export function readStrings(bytes: Uint8Array, most: number = Number.POSITIVE_INFINITY): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const elements: Uint8Array[] = [];
  for (let position = 0; position < bytes.length; ) {
    if (elements.length >= most) {
      throw new DecodeError(`Cannot read BYTES: there must be at most ${most} strings, got more`);
    }
    const left = bytes.length - position;
    if (left < 4) {
      throw new DecodeError(`Cannot read BYTES: the length of a string must have 4 bytes, got ${left}`);
    }
    const length = view.getUint32(position, true);
    if (length > left - 4) {
      throw new DecodeError(`Cannot read BYTES: a string of ${length} bytes must follow, got ${left - 4}`);
    }
    elements.push(bytes.subarray(position + 4, position + 4 + length));
    position += 4 + length;
  }
  return elements;
}

/**
 * A tensor of the elements in `bytes`.
 *
 * @throws {DecodeError} if their number is not the shape's
 */
export function readTensor(
  name: string,
  datatype: Datatype,
  shape: readonly number[],
  bytes: Uint8Array,
): Tensor {
  const tensor: Tensor =
    datatype === "BYTES"
      ? { name, datatype, shape, data: readStrings(bytes, elementCount(shape)) }
      : { name, datatype, shape, data: readNumbers(bytes, datatype) };
  return checkCount(tensor);
}

/** The tensor itself. @throws {DecodeError} if it has not as many elements as its shape */
export function checkCount(tensor: Tensor): Tensor {
  if (tensor.data.length !== elementCount(tensor.shape)) {
    throw new DecodeError(
      `Cannot read tensor ${tensor.name}: shape [${tensor.shape.join(", ")}] must have ${elementCount(tensor.shape)} elements, got ${tensor.data.length}`,
    );
  }
  return tensor;
}
