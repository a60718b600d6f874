import { type DType, itemSize } from "@bioengine/ndarray";

const dtypes = {
  BOOL: "bool",
  UINT8: "uint8",
  UINT16: "uint16",
  UINT32: "uint32",
  UINT64: "uint64",
  INT8: "int8",
  INT16: "int16",
  INT32: "int32",
  INT64: "int64",
  FP16: "float16",
  BF16: "bfloat16",
  FP32: "float32",
  FP64: "float64",
} as const satisfies Record<string, DType>;

/** Triton's name of a type of numbers. */
export type NumericDatatype =
  | "BOOL"
  | "UINT8"
  | "UINT16"
  | "UINT32"
  | "UINT64"
  | "INT8"
  | "INT16"
  | "INT32"
  | "INT64"
  | "FP16"
  | "BF16"
  | "FP32"
  | "FP64";

/** Triton's name of a tensor's type; an element of BYTES is a byte string. */
export type Datatype = NumericDatatype | "BYTES";

/** Whether a value is Triton's name of a type, e.g. `"FP32"`. */
export function isDatatype(value: unknown): value is Datatype {
  return value === "BYTES" || (typeof value === "string" && Object.hasOwn(dtypes, value));
}

/** The array dtype of a Triton datatype, e.g. `"float32"` of `"FP32"`. */
export function dtypeOf(datatype: NumericDatatype): DType {
  return dtypes[datatype];
}

/** The Triton datatype of an array dtype, e.g. `"FP32"` of `"float32"`. */
export function datatypeOf(dtype: DType): NumericDatatype {
  const names = Object.keys(dtypes) as NumericDatatype[];
  const found = names.find((name) => dtypes[name] === dtype);
  if (found === undefined)
    throw new TypeError(`Cannot send an array: its dtype must be one of Triton's, got ${dtype}`);
  return found;
}

/** Bytes of one element on the wire. */
export function datatypeByteSize(datatype: NumericDatatype): number {
  return itemSize(dtypes[datatype]);
}

/**
 * The datatype that a model configuration names, e.g. `"FP32"` of `"TYPE_FP32"` and `"BYTES"` of `"TYPE_STRING"`;
 * undefined if there is none such.
 */
export function datatypeOfConfig(name: string): Datatype | undefined {
  const datatype = name === "TYPE_STRING" ? "BYTES" : name.replace(/^TYPE_/, "");
  return isDatatype(datatype) ? datatype : undefined;
}
