import type { ArrayMetadata } from "./arraymetadata";
import { cast } from "./cast";
import type { Dimension } from "./dimension";
import { allocate, checkDtype, type DType, dtypeOf, isBig, type TypedArray } from "./dtype";
import { axisIndex, shapeText, sizeOf } from "./layout";
import { NdArray } from "./ndarray";
import { flattenNested, type Nested } from "./nested";
import { checkOptions } from "./option";
import { promote } from "./promotion";

/** How `ndarray` reads its data. */
export interface NdArrayOptions<D extends DType = DType> extends ArrayMetadata {
  /** Default: the typed array's own; float64 for numbers, int64 or uint64 for bigints, bool for booleans. */
  dtype?: D;
}

/** The dtype of a typed array by its class. */
export type DTypeOf<A> = A extends Uint8Array | Uint8ClampedArray
  ? "uint8"
  : A extends Uint16Array
    ? "uint16"
    : A extends Uint32Array
      ? "uint32"
      : A extends Int8Array
        ? "int8"
        : A extends Int16Array
          ? "int16"
          : A extends Int32Array
            ? "int32"
            : A extends Float32Array
              ? "float32"
              : A extends Float64Array
                ? "float64"
                : DType;

const action = "make an array";

/**
 * A copy of a shape that somebody gave.
 *
 * @throws {TypeError} if it is no list
 * @throws {RangeError} if a length is none
 */
function checkedShape(shape: readonly number[]): number[] {
  if (!Array.isArray(shape)) {
    throw new TypeError(
      `Cannot ${action}: the shape must be a list of lengths, got ${String(shape)}; use [${String(shape)}]`,
    );
  }
  if (!shape.every((length) => Number.isInteger(length) && length >= 0)) {
    throw new RangeError(
      `Cannot ${action}: lengths must be whole numbers, not negative, got shape ${shapeText(shape)}`,
    );
  }
  return [...shape];
}

/** The shape that was given for so many elements. */
function shapeFor(size: number, shape: readonly number[]): number[] {
  const lengths = checkedShape(shape);
  if (sizeOf(lengths) === size) return lengths;
  throw new RangeError(
    `Cannot ${action}: shape ${shapeText(shape)} must have as many elements as the data, ${size}`,
  );
}

/**
 * Make an n-d array of a typed array (shared, not copied), of numbers in (nested) arrays, or of one number (0-d).
 *
 * @param data the elements in C order
 * @param shape default: the data's own; one axis for a typed array
 * @returns an array over the same memory if `data` is a typed array and `dtype` is its own
 * @throws {RangeError} if the shape has another number of elements, nested arrays differ in length, or the options'
 *   axes or spacing don't fit the shape
 * @throws {TypeError} if `data` is none of these, there is no such dtype or option, or labels are no integers
 * @example
 * ndarray(new Uint16Array([1, 2, 3, 4]), [2, 2]);
 * ndarray([[0, 1], [1, 1]], undefined, { dtype: "uint8" });
 */
export function ndarray<A extends TypedArray | Uint8ClampedArray>(
  data: A,
  shape?: readonly number[],
  options?: Omit<NdArrayOptions, "dtype">,
): NdArray<DTypeOf<A>>;
export function ndarray(
  data: TypedArray | Uint8ClampedArray | Nested,
  shape?: readonly number[],
  options?: NdArrayOptions,
): NdArray;
export function ndarray(
  data: TypedArray | Uint8ClampedArray | Nested,
  shape?: readonly number[],
  options: NdArrayOptions = {},
): NdArray {
  if (typeof options === "string") {
    throw new TypeError(
      `Cannot ${action}: options must be an object, got ${JSON.stringify(options)}; use { dtype: ${JSON.stringify(options)} }`,
    );
  }
  checkOptions({ action, options: ["dtype", "role", "axes", "spacing"] }, options);
  const { dtype, ...metadata } = options;
  if (dtype !== undefined) checkDtype(action, dtype);
  return (ArrayBuffer.isView(data) ? ofView(data, shape, dtype) : ofNested(data, shape, dtype)).withMetadata(
    metadata,
  );
}

function ofView(
  data: TypedArray | Uint8ClampedArray,
  shape: readonly number[] = [data.length],
  dtype: DType | undefined,
): NdArray {
  const own = dtypeOf(data);
  if (own === undefined)
    throw new TypeError(`Cannot ${action}: data must be a typed array of numbers, got another view`);
  const typed =
    data instanceof Uint8ClampedArray ? new Uint8Array(data.buffer, data.byteOffset, data.length) : data;
  const lengths = shapeFor(typed.length, shape);
  const buffer = dtype === undefined || dtype === own ? typed : cast(typed, own, dtype);
  return new NdArray({ dtype: dtype ?? own, shape: lengths, buffer });
}

/** What nested numbers, bigints and booleans are, if nobody says it. */
function naturalDtype(elements: readonly (number | bigint | boolean)[]): DType {
  const kinds = new Set(elements.map((element) => typeof element));
  if (!kinds.has("bigint")) return kinds.size === 1 && kinds.has("boolean") ? "bool" : "float64";
  return elements.some((element) => Number(element) >= 2 ** 63) ? "uint64" : "int64";
}

function ofNested(data: Nested, shape: readonly number[] | undefined, dtype: DType | undefined): NdArray {
  const { shape: own, elements } = flattenNested(data);
  const natural = naturalDtype(elements);
  const source =
    natural === "uint64"
      ? BigUint64Array.from(elements, BigInt)
      : natural === "int64"
        ? BigInt64Array.from(elements, BigInt)
        : Float64Array.from(elements, Number);
  const lengths = shapeFor(elements.length, shape ?? own);
  const buffer = cast(source, isBig(natural) ? natural : "float64", dtype ?? natural);
  return new NdArray({ dtype: dtype ?? natural, shape: lengths, buffer });
}

/**
 * An array of zeros.
 *
 * @throws {RangeError} if a length is none
 * @throws {TypeError} if the shape is no list, or there is no such dtype
 */
export function zeros<D extends DType = "float64">(shape: readonly number[], dtype?: D): NdArray<D> {
  const chosen = (dtype ?? "float64") as D;
  checkDtype(action, chosen);
  const lengths = checkedShape(shape);
  return new NdArray<D>({ dtype: chosen, shape: lengths, buffer: allocate(chosen, sizeOf(lengths)) });
}

/**
 * An array of one value, converted as by `astype`.
 *
 * @throws {RangeError} if a length is none
 * @throws {TypeError} if the shape is no list, or there is no such dtype
 */
export function full<D extends DType = "float64">(
  shape: readonly number[],
  value: number,
  dtype?: D,
): NdArray<D> {
  const array = zeros(shape, dtype);
  const buffer: TypedArray = array.buffer;
  buffer.fill(cast(Float64Array.of(value), "float64", array.dtype)[0] as never);
  return array;
}

/** Evenly spaced float64 values from `start` up to, not including, `stop`; `arange(stop)` starts at 0. */
export function arange(start: number, stop?: number, step: number = 1): NdArray<"float64"> {
  const [first, end] = stop === undefined ? [0, start] : [start, stop];
  const length = Math.max(0, Math.ceil((end - first) / step));
  if (!Number.isFinite(length)) throw new RangeError(`Cannot make a range: step must not be 0, got ${step}`);
  const buffer = Float64Array.from({ length }, (_, index) => first + index * step);
  return new NdArray({ dtype: "float64", shape: [length], buffer });
}

function checkArrays(arrays: unknown, call: string): void {
  if (Array.isArray(arrays) && arrays.every((array) => array instanceof NdArray)) return;
  const got = arrays instanceof NdArray ? "an NdArray" : Array.isArray(arrays) ? "others" : typeof arrays;
  throw new TypeError(`Cannot ${call}: a list of arrays is needed, got ${got}; use ${call}([first, second])`);
}

/**
 * Join arrays along an existing axis; the dtype is the one that holds all of them.
 *
 * @throws {TypeError} if it is no list of arrays
 * @throws {RangeError} if the list is empty, the shapes differ beside that axis, or there is no such axis
 */
export function concatenate(arrays: readonly NdArray[], axis: number = 0): NdArray {
  checkArrays(arrays, "concatenate");
  if (arrays.length === 0) throw new RangeError("Cannot concatenate: at least one array is needed, got none");
  const [first] = arrays;
  const along = axisIndex(axis, first.ndim, "concatenate");
  const fits = (array: NdArray) =>
    array.ndim === first.ndim &&
    array.shape.every((length, at) => at === along || length === first.shape[at]);
  const wrong = arrays.find((array) => !fits(array));
  if (wrong) {
    throw new RangeError(
      `Cannot concatenate: the shapes must agree but for axis ${axis}, got ${shapeText(first.shape)} and ${shapeText(wrong.shape)}`,
    );
  }
  const dtype = arrays.map((array) => array.dtype).reduce(promote);
  const shape = first.shape.map((length, at) =>
    at === along ? arrays.reduce((sum, { shape }) => sum + shape[at], 0) : length,
  );
  const buffer: TypedArray = allocate(dtype, sizeOf(shape));
  const outer = sizeOf(shape.slice(0, along));
  const step = sizeOf(shape.slice(along));
  let offset = 0;
  for (const array of arrays) {
    const { data } = array.astype(dtype);
    const width = outer === 0 ? 0 : data.length / outer;
    for (let row = 0; row < outer; row++)
      buffer.set(data.subarray(row * width, (row + 1) * width) as never, row * step + offset);
    offset += width;
  }
  const role = arrays.every((array) => array.role === "labels") ? "labels" : undefined;
  return new NdArray({ dtype, shape, buffer, role, dimensions: commonDimensions(arrays) });
}

/** What the axes of all the arrays stand for; undefined if they differ. */
function commonDimensions(arrays: readonly NdArray[]): readonly Dimension[] | undefined {
  const texts = new Set(arrays.map(({ dimensions }) => JSON.stringify(dimensions)));
  return texts.size === 1 ? arrays[0].dimensions : undefined;
}

/**
 * Join arrays of one shape along a new axis, e.g. planes to a stack.
 *
 * @throws {TypeError} if it is no list of arrays
 * @throws {RangeError} if the list is empty, the shapes differ, or there is no such axis
 */
export function stack(arrays: readonly NdArray[], axis: number = 0): NdArray {
  checkArrays(arrays, "stack");
  return concatenate(
    arrays.map((array) => array.expandDims(axis)),
    axis,
  );
}
