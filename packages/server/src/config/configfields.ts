import { type Datatype, isDatatype, type NumericDatatype } from "@bioengine/triton";
import { choice, type FieldType, integer, repeated } from "./protoschema";

/** Triton's name of a type in a configuration. */
export type ConfigDataType = `TYPE_${NumericDatatype}` | "TYPE_STRING" | "TYPE_INVALID";

const types = [
  "INVALID",
  "BOOL",
  "UINT8",
  "UINT16",
  "UINT32",
  "UINT64",
  "INT8",
  "INT16",
  "INT32",
  "INT64",
] as const;

/** The type of a tensor's elements. */
export const dataType: FieldType<ConfigDataType> = choice([
  ...types.map((name) => `TYPE_${name}` as const),
  ...(["TYPE_FP16", "TYPE_FP32", "TYPE_FP64", "TYPE_STRING", "TYPE_BF16"] as const),
]);

/** Length of each axis, -1 for any. */
export const dims: FieldType<number[]> = repeated(integer());

/** The datatype of a type in a configuration. @throws {TypeError} if it is none of a tensor */
export function datatypeOfType(type: ConfigDataType): Datatype {
  const name = type === "TYPE_STRING" ? "BYTES" : type.slice("TYPE_".length);
  if (!isDatatype(name))
    throw new TypeError(`Cannot load a model: data_type must be one of Triton's, got ${type}`);
  return name;
}
