import { NdArray } from "@bioengine/ndarray";
import { readableBytes } from "./bytestext";
import { type Classification, classificationOf } from "./classification";
import { dtypeOf } from "./datatype";
import { DecodeError } from "./error";
import { unpackImjoy } from "./imjoy";
import { JsonError, parseJson, textOf } from "./json";
import type { BytesTensor, Tensor } from "./tensor";

/** How outputs are read. */
export interface OutputOptions {
  /** Read the elements of text outputs as JSON; one that is none stays text, or bytes if it is not UTF-8. */
  decodeJson?: boolean;
  /** Read the elements of text outputs as UTF-8; one that is none stays bytes. */
  decodeBytes?: boolean;
  /**
   * How values become tensors. `"triton"`, the default: one tensor each. `"imjoy"`, for models that want it: each
   * input is any value, packed as imjoy-rpc packs it (msgpack) into one element of a text input; and text outputs
   * are unpacked.
   */
  serialization?: "triton" | "imjoy";
  /**
   * Outputs of class scores, by name, of which to get the best few, e.g. `{ scores: 3 }`: the result is then
   * `[{ score, index, label }, …]`, best first; `label` only where the model has labels.
   */
  classification?: Readonly<Record<string, number>>;
}

/**
 * An output as a value: numbers as an NdArray (of role labels, if they are integers called mask or labels), byte
 * strings as an array of Uint8Array, nested if there are several axes.
 */
export function outputValue(tensor: Tensor, options: OutputOptions): unknown {
  const { name, shape } = tensor;
  if (tensor.datatype !== "BYTES") {
    const dtype = dtypeOf(tensor.datatype);
    const labels = /^(mask|masks|labels)$/.test(name) && /^u?int/.test(dtype);
    return new NdArray({ dtype, shape, buffer: tensor.data, role: labels ? "labels" : undefined });
  }
  if (options.serialization === "imjoy" && tensor.data.length === 1) return unpackImjoy(tensor.data[0]);
  return nest(elementsOf(tensor, options), shape);
}

/** Of more elements a reader sees the first ones at most. */
const MOST_READABLE = 100;

function elementsOf({ name, data }: BytesTensor, options: OutputOptions): readonly unknown[] {
  if (Object.hasOwn(options.classification ?? {}, name)) {
    return data.map((element): Classification => classificationOf(element));
  }
  const elements = data.map((element) => decode(element, options));
  if (elements.length <= MOST_READABLE) {
    for (const element of elements) if (element instanceof Uint8Array) readableBytes(element);
  }
  return elements;
}

function decode(element: Uint8Array, { decodeJson, decodeBytes }: OutputOptions): unknown {
  // A copy of their own: they would keep the whole response, with its mask, in memory.
  if (!decodeJson) return decodeBytes ? textOf(new Uint8Array(element)) : new Uint8Array(element);
  try {
    return parseJson(element);
  } catch (error) {
    if (error instanceof JsonError) return textOf(new Uint8Array(element));
    throw error;
  }
}

/** A shape without elements may name any number of empty arrays: no server needs more of them. */
const mostEmpty = 2 ** 16;

function nest(elements: readonly unknown[], shape: readonly number[]): unknown {
  if (shape.length === 0) return elements[0];
  if (shape.length === 1) return elements;
  if (elements.length === 0 && shape[0] > mostEmpty) {
    throw new DecodeError(
      `Cannot read an output: it must have elements, got none in shape [${shape.join(", ")}]`,
    );
  }
  const step = shape[0] === 0 ? 0 : elements.length / shape[0];
  return Array.from({ length: shape[0] }, (_, index) =>
    nest(elements.slice(index * step, (index + 1) * step), shape.slice(1)),
  );
}
