import type { DType } from "@bioengine/ndarray";

/** What numpy calls the dtypes, by kind and number of bytes. */
const names: ReadonlyMap<unknown, DType> = new Map<string, DType>([
  ["b1", "bool"],
  ["u1", "uint8"],
  ["u2", "uint16"],
  ["u4", "uint32"],
  ["u8", "uint64"],
  ["i1", "int8"],
  ["i2", "int16"],
  ["i4", "int32"],
  ["i8", "int64"],
  ["f2", "float16"],
  ["f4", "float32"],
  ["f8", "float64"],
]);

/** What the kinds of numpy are called that hold no numbers, or none that an array holds here. */
const otherKinds: Record<string, string> = {
  O: "objects",
  V: "a structured dtype",
  U: "text",
  S: "bytes",
  c: "complex numbers",
  M: "dates",
  m: "times",
};

/** The dtypes that numpy has: all but bfloat16. */
export const numpyDTypes: readonly DType[] = [...names.values()];

/** What arrays of numpy must hold, for messages. */
export const numpyNeed = "arrays must hold bool, integers, float16, float32 or float64";

/** The dtype that numpy calls so, e.g. `u2`; undefined for one that no array holds here. */
export const numpyDType = (name: unknown): DType | undefined => names.get(name);

/** What numpy calls a dtype, e.g. `u2`; undefined for bfloat16, which it hasn't. */
export const numpyName = (dtype: DType): string | undefined =>
  [...names].find(([, own]) => own === dtype)?.[0] as string | undefined;

/** What values of another dtype of numpy are. */
export const numpyKind = (name: unknown): string =>
  (typeof name === "string" ? otherKinds[name.charAt(0)] : undefined) ?? "the dtype";
