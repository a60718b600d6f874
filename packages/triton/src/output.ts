import { NdArray } from "@bioengine/ndarray";
import { dtypeOf } from "./datatype";
import { JsonError, parseJson, textOf } from "./json";
import type { Tensor } from "./tensor";

/** How byte strings among the outputs are read. */
export interface OutputOptions {
  /** Read the elements of text outputs as JSON; one that is none stays text, or bytes if it is not UTF-8. */
  decodeJson?: boolean;
  /** Read the elements of text outputs as UTF-8; one that is none stays bytes. */
  decodeBytes?: boolean;
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
  const elements = tensor.data.map((element) => decode(element, options));
  return nest(elements, shape);
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

function nest(elements: readonly unknown[], shape: readonly number[]): unknown {
  if (shape.length === 0) return elements[0];
  if (shape.length === 1) return elements;
  const step = shape[0] === 0 ? 0 : elements.length / shape[0];
  return Array.from({ length: shape[0] }, (_, index) =>
    nest(elements.slice(index * step, (index + 1) * step), shape.slice(1)),
  );
}
