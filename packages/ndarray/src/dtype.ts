/** The element types: all numeric datatypes of Triton, with numpy's names. */
export type DType =
  | "bool"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "float16"
  | "bfloat16"
  | "float32"
  | "float64";

/** The arrays that hold elements. */
export type TypedArray =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

interface Storage {
  bool: Uint8Array;
  uint8: Uint8Array;
  uint16: Uint16Array;
  uint32: Uint32Array;
  uint64: BigUint64Array;
  int8: Int8Array;
  int16: Int16Array;
  int32: Int32Array;
  int64: BigInt64Array;
  float16: Float32Array;
  bfloat16: Float32Array;
  float32: Float32Array;
  float64: Float64Array;
}

/** The typed array that holds the elements of a dtype: bool as 0 and 1, float16 and bfloat16 as rounded float32. */
export type DataOf<D extends DType> = Storage[D];

type Constructor<A> = { new (length: number): A; from(values: ArrayLike<never>): A };

const constructors: { [D in DType]: Constructor<DataOf<D>> } = {
  bool: Uint8Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  float16: Float32Array,
  bfloat16: Float32Array,
  float32: Float32Array,
  float64: Float64Array,
};

/** All dtypes, from the narrowest to the widest of each kind. */
export const dtypes: readonly DType[] = Object.keys(constructors) as DType[];

/** Whether a value names a dtype. */
export const isDType = (value: unknown): value is DType => dtypes.some((dtype) => dtype === value);

/**
 * Check a dtype at the public door.
 *
 * @throws {TypeError} if there is no such dtype
 */
export function checkDtype(action: string, dtype: unknown): void {
  if (isDType(dtype)) return;
  throw new TypeError(`Cannot ${action}: dtype must be one of ${dtypes.join(", ")}, got ${String(dtype)}`);
}

/** A new array of zeros for `length` elements of a dtype. */
export const allocate = <D extends DType>(dtype: D, length: number): DataOf<D> =>
  new constructors[dtype](length);

/** Whether the elements are 64-bit integers, which JavaScript holds as bigint. */
export const isBig = (dtype: DType): dtype is "int64" | "uint64" => dtype === "int64" || dtype === "uint64";

/** Whether the elements are floating-point numbers. */
export const isFloat = (dtype: DType): boolean => dtype.includes("float");

/** Bytes of one element as numpy and Triton store it. */
export function itemSize(dtype: DType): number {
  if (dtype === "bool") return 1;
  return dtype === "bfloat16" ? 2 : Number(dtype.match(/\d+/)?.[0]) / 8;
}

/** The dtype of a typed array's elements; undefined for anything else. */
export function dtypeOf(array: unknown): DType | undefined {
  if (array instanceof Uint8ClampedArray) return "uint8";
  return dtypes.find(
    (dtype) => dtype !== "bool" && !dtype.includes("float16") && array instanceof constructors[dtype],
  );
}

/**
 * An element as a number.
 *
 * @throws {RangeError} if it is a 64-bit integer beyond 2^53
 */
export function exactNumber(value: number | bigint): number {
  if (typeof value === "number") return value;
  if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) {
    throw new RangeError(
      `Cannot give the integer as a number: it must be within 2^53, got ${value}; read array.data`,
    );
  }
  return Number(value);
}
