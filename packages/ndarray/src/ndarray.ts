import { type ArrayJson, arrayJson } from "./arrayjson";
import { type ArrayMetadata, describe } from "./arraymetadata";
import { elementAdvice, guardBrackets } from "./bracketguard";
import { cast } from "./cast";
import { axesOf, type Dimension, sharedDimensions, sliceDimensions, spacingOf } from "./dimension";
import { allocate, checkDtype, type DataOf, type DType, exactNumber } from "./dtype";
import { arithmetic, type ComparisonName, comparison, type OperationName } from "./elementwise";
import {
  axesWithLength,
  axisIndex,
  axisOrder,
  elementPosition,
  gather,
  isContiguous,
  positionOf,
  reshaped,
  shapeText,
  sizeOf,
  stridesOf,
} from "./layout";
import type { NdArrayParts } from "./ndarrayparts";
import { nest } from "./nested";
import { textOf } from "./primitive";
import { numbersOf, percentileOf, type Reduction, reduceRows, reductions, splitAxes } from "./reduction";
import { type SliceRange, sliceOf } from "./slice";

/**
 * A typed, strided n-d array: what numpy's ndarray is to Python. `at`, `slice`, `transpose`, `expandDims`,
 * `squeeze` and, where possible, `reshape` give views: they share memory with this array, and a write to one shows
 * in the other. Everything else gives a new array.
 *
 * float16 and bfloat16 values are kept, rounded, in a Float32Array; bool as 0 and 1; 64-bit integers as bigint.
 */
export class NdArray<D extends DType = DType> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  /** The whole storage, shared by all views of it; `data` has this array's elements alone. */
  readonly buffer: DataOf<D>;
  /** `"labels"` if the integers number objects: kept by views, copies and integer casts, dropped by arithmetic. */
  readonly role: "labels" | undefined;
  /** What each axis stands for: kept by all that keeps the axes; a new axis is Q, and `reshape` drops them. */
  readonly dimensions: readonly Dimension[] | undefined;

  /** Use `ndarray(data, shape)`; the constructor trusts its parts. */
  constructor(parts: NdArrayParts<D>) {
    this.dtype = parts.dtype;
    this.shape = parts.shape;
    this.strides = parts.strides ?? stridesOf(parts.shape);
    this.offset = parts.offset ?? 0;
    this.buffer = parts.buffer;
    this.role = parts.role;
    this.dimensions = parts.dimensions;
  }

  /** Number of axes. */
  get ndim(): number {
    return this.shape.length;
  }
  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }
  /** The letters of the axes, e.g. `"TCZYX"` (S = colours, I = a file's images, Q = not known); undefined without. */
  get axes(): string | undefined {
    return this.dimensions && axesOf(this.dimensions);
  }
  /** Pixel size in µm along those of the axes Z, Y, X that are there, in their order; undefined if not all known. */
  get spacing(): number[] | undefined {
    return this.dimensions && spacingOf(this.dimensions);
  }

  /** Whether the elements lie in C order without gaps. */
  get isContiguous(): boolean {
    return isContiguous(this.shape, this.strides);
  }

  /**
   * The elements in C order: shares memory if the array is contiguous, else a new copy at each access (take it
   * once, outside the loop).
   */
  get data(): DataOf<D> {
    if (!this.isContiguous) return this.copy().buffer;
    if (this.offset === 0 && this.buffer.length === this.size) return this.buffer;
    return this.buffer.subarray(this.offset, this.offset + this.size) as DataOf<D>;
  }

  private view(
    shape: readonly number[],
    strides: readonly number[],
    dimensions: readonly Dimension[] | undefined,
    offset = this.offset,
  ): NdArray<D> {
    return new NdArray<D>({ ...this, shape, strides, dimensions, offset });
  }

  /** A view of some of the axes, in that order. */
  private pick(axes: readonly number[]): NdArray<D> {
    const of = <T>(list: readonly T[]) => axes.map((axis) => list[axis]);
    return this.view(of(this.shape), of(this.strides), this.dimensions && of(this.dimensions));
  }

  /**
   * The part with the leading axes fixed, as a view: `mask.at(0)` is the first plane, `image.at(3, 4)` a 0-d array.
   *
   * @param indices negative ones count from the end
   * @throws {RangeError} if an index is out of range
   */
  at(...indices: number[]): NdArray<D> {
    const position = positionOf(this, indices, "index");
    const rest = <T>(list: readonly T[]) => list.slice(indices.length);
    const { shape, strides, dimensions } = this;
    return this.view(rest(shape), rest(strides), dimensions && rest(dimensions), position);
  }

  /**
   * One element as a number; bool gives 0 or 1.
   *
   * @param indices one for each axis; negative ones count from the end
   * @throws {RangeError} if an index is out of range, or a 64-bit integer is beyond 2^53 (read `data` instead)
   */
  get(...indices: number[]): number {
    return exactNumber(this.buffer[elementPosition(this, indices, "get an element")]);
  }

  /** Write one element; the value is converted as by `astype`. */
  set(value: number | bigint | boolean, ...indices: number[]): void {
    const position = elementPosition(this, indices, "set an element");
    const isWhole = typeof value === "bigint";
    const from = isWhole ? BigInt64Array.of(value) : Float64Array.of(Number(value));
    this.buffer.set(cast(from, isWhole ? "int64" : "float64", this.dtype) as never, position);
  }

  /** The only element of an array of one element, as a number. */
  item(): number {
    if (this.size !== 1) {
      throw new RangeError(
        `Cannot take the item: the array must have one element, got shape ${shapeText(this.shape)}`,
      );
    }
    return this.get(...this.shape.map(() => 0));
  }

  /** The element of a 0-d array, so that it works in arithmetic: `image.at(3, 4) + 1`; of others a text. */
  [Symbol.toPrimitive](hint: string): number | string {
    return this.ndim === 0 ? this.item() : textOf(this, hint);
  }

  /**
   * A part, as a view: `image.slice([0, 100], [50, 150])` are rows 0 to 99 and columns 50 to 149.
   *
   * @param ranges one for each axis, the rest is kept whole: `[start, stop, step]` (negative ones count from the end,
   *   out of range is cut, as in Python), null for the whole axis, or beside these a number (drops the axis)
   * @throws {RangeError} if an index is out of range, or a step is 0
   * @throws {TypeError} if all are numbers: those are for `at`
   */
  slice(...ranges: SliceRange[]): NdArray<D> {
    const { shape, strides, offset } = sliceOf(this, ranges);
    return this.view(shape, strides, this.dimensions && sliceDimensions(this.dimensions, ranges), offset);
  }

  /** The axes in another order, as a view; default: reversed. */
  transpose(axes: readonly number[] = this.shape.map((_, axis) => this.ndim - 1 - axis)): NdArray<D> {
    return this.pick(axisOrder(axes, this.ndim));
  }

  /** A view with a new axis of length 1, e.g. [y, x] to [1, y, x] with `expandDims(0)`. */
  expandDims(axis: number): NdArray<D> {
    const index = axisIndex(axis, this.ndim + 1, "expand the dimensions");
    const [shape, strides] = [[...this.shape], [...this.strides]];
    const dimensions = this.dimensions && [...this.dimensions];
    shape.splice(index, 0, 1);
    strides.splice(index, 0, 0);
    dimensions?.splice(index, 0, { name: "Q" });
    return this.view(shape, strides, dimensions);
  }

  /** A view without an axis of length 1; without `axis`, without all of them. */
  squeeze(axis?: number): NdArray<D> {
    return this.pick(axesWithLength(this.shape, axis));
  }

  /** The same elements in another shape; one length may be -1. A view if the array is contiguous, else a copy. */
  reshape(shape: readonly number[]): NdArray<D> {
    const resolved = reshaped(this.shape, shape);
    const source = this.isContiguous ? this : this.copy();
    return source.view(resolved, stridesOf(resolved), undefined, source.offset);
  }

  /** All elements in one axis, in C order. */
  flatten(): NdArray<D> {
    return this.copy().reshape([this.size]);
  }

  /**
   * The same elements, as a view that says what they are: `image.withMetadata({ spacing: 0.65 })` has pixels of 0.65 µm,
   * and `mask.withMetadata({ role: "labels" })` shows as a mask. What is left out is kept.
   *
   * @throws {RangeError} if axes or spacing don't fit the shape
   * @throws {TypeError} if labels are no integers, or an option is unknown
   */
  withMetadata(metadata: ArrayMetadata): NdArray<D> {
    return new NdArray<D>({ ...this, ...describe(this, metadata) });
  }

  /** A contiguous copy. */
  copy(): NdArray<D> {
    const buffer = allocate(this.dtype, this.size);
    if (this.isContiguous) buffer.set(this.buffer.subarray(this.offset, this.offset + this.size) as never);
    else gather(this, buffer);
    const { dtype, shape, role, dimensions } = this;
    return new NdArray<D>({ dtype, shape, role, dimensions, buffer });
  }

  /** The elements as nested JavaScript arrays; bool as booleans, 64-bit integers as bigint. */
  // biome-ignore lint/suspicious/noExplicitAny: lists as deep as the shape, so that `toArray().map(([y, x]) => …)` compiles
  toArray(): any {
    return nest(this.data, this.shape, this.dtype === "bool");
  }

  /** What `JSON.stringify` writes; `ndarray(data, shape, { dtype, role, axes, spacing })` makes an array of it again. */
  toJSON(): ArrayJson {
    return arrayJson(this);
  }

  /**
   * The elements converted to another dtype, as a new array. Floats become integers by dropping the fraction;
   * what is out of an integer's range wraps (its low bits are kept); NaN and infinities become 0. Everything but
   * 0 becomes true. Floats are rounded to nearest, halves to even.
   *
   * @throws {TypeError} if there is no such dtype
   */
  astype<T extends DType>(dtype: T): NdArray<T> {
    checkDtype("convert the array", dtype);
    const buffer = cast(this.data, this.dtype, dtype);
    const role = /^u?int/.test(dtype) ? this.role : undefined;
    return new NdArray<T>({ dtype, shape: this.shape, buffer, role, dimensions: this.dimensions });
  }

  private calculate(name: OperationName, other: NdArray | number): NdArray {
    const { data, shape, dtype } = arithmetic(name, this, other);
    return new NdArray({ dtype, shape, buffer: data, dimensions: sharedDimensions([this, other], shape) });
  }

  /** Element-wise sum, with numpy's promotion; integers wrap. */
  add(other: NdArray | number): NdArray {
    return this.calculate("add", other);
  }
  /** Element-wise difference, with numpy's promotion; integers wrap: of uint16, 5 - 10 is 65531. `astype` first. */
  subtract(other: NdArray | number): NdArray {
    return this.calculate("subtract", other);
  }
  /** Element-wise product, with numpy's promotion; integers wrap. */
  multiply(other: NdArray | number): NdArray {
    return this.calculate("multiply", other);
  }
  /** Element-wise quotient: float64, or the floats' own dtype. */
  divide(other: NdArray | number): NdArray {
    return this.calculate("divide", other);
  }
  /** Element-wise power, with numpy's promotion. */
  power(other: NdArray | number): NdArray {
    return this.calculate("power", other);
  }
  /** Element-wise larger one; NaN wins. */
  maximum(other: NdArray | number): NdArray {
    return this.calculate("maximum", other);
  }
  /** Element-wise smaller one; NaN wins. */
  minimum(other: NdArray | number): NdArray {
    return this.calculate("minimum", other);
  }

  private compare(name: ComparisonName, other: NdArray | number): NdArray<"bool"> {
    const { data, shape } = comparison(name, this, other);
    const [buffer, dimensions] = [data as Uint8Array, sharedDimensions([this, other], shape)];
    return new NdArray({ dtype: "bool", shape, buffer, dimensions });
  }
  /** Where this is greater than `other`. */
  greater(other: NdArray | number): NdArray<"bool"> {
    return this.compare("greater", other);
  }
  /** Where this is at least `other`. */
  greaterEqual(other: NdArray | number): NdArray<"bool"> {
    return this.compare("greaterEqual", other);
  }
  /** Where this is less than `other`. */
  less(other: NdArray | number): NdArray<"bool"> {
    return this.compare("less", other);
  }
  /** Where this is at most `other`. */
  lessEqual(other: NdArray | number): NdArray<"bool"> {
    return this.compare("lessEqual", other);
  }
  /** Where this equals `other`; NaN equals nothing. */
  equal(other: NdArray | number): NdArray<"bool"> {
    return this.compare("equal", other);
  }
  /** Where this differs from `other`. */
  notEqual(other: NdArray | number): NdArray<"bool"> {
    return this.compare("notEqual", other);
  }
  /** Where both are true (not 0). */
  logicalAnd(other: NdArray): NdArray<"bool"> {
    return this.compare("logicalAnd", other);
  }
  /** Where at least one is true (not 0). */
  logicalOr(other: NdArray): NdArray<"bool"> {
    return this.compare("logicalOr", other);
  }
  /** Where this is false (0). */
  logicalNot(): NdArray<"bool"> {
    return this.compare("equal", 0);
  }

  private reduce<T extends DType>(
    reduction: Reduction,
    axis: number | readonly number[] | undefined,
    dtype: T,
  ): number | NdArray<T> {
    if (axis === undefined) return reduction(numbersOf(this));
    const { shape, order, width } = splitAxes(this.shape, axis);
    const rows = this.transpose(order);
    const dimensions = rows.dimensions?.slice(0, shape.length);
    const results = reduceRows(reduction, Float64Array.from(numbersOf(rows)), width, sizeOf(shape));
    const role = String(dtype) === this.dtype ? this.role : undefined;
    return new NdArray({ dtype, shape, buffer: cast(results, "float64", dtype), role, dimensions });
  }

  /** Sum of the elements, or along an axis or axes; exact for integers up to 2^53. */
  sum(): number;
  sum(axis: number | readonly number[]): NdArray<"float64">;
  sum(axis?: number | readonly number[]): number | NdArray<"float64"> {
    return this.reduce(reductions.sum, axis, "float64");
  }

  /** Mean of the elements, or along an axis or axes. */
  mean(): number;
  mean(axis: number | readonly number[]): NdArray<"float64">;
  mean(axis?: number | readonly number[]): number | NdArray<"float64"> {
    return this.reduce(reductions.mean, axis, "float64");
  }

  /** Smallest element, or along an axis or axes in the array's dtype; NaN if there is one. */
  min(): number;
  min(axis: number | readonly number[]): NdArray<D>;
  min(axis?: number | readonly number[]): number | NdArray<D> {
    return this.reduce(reductions.min, axis, this.dtype);
  }

  /** Largest element, or along an axis or axes in the array's dtype, as a projection; NaN if there is one. */
  max(): number;
  max(axis: number | readonly number[]): NdArray<D>;
  max(axis?: number | readonly number[]): number | NdArray<D> {
    return this.reduce(reductions.max, axis, this.dtype);
  }

  /** Standard deviation of the population (ddof 0), or along an axis or axes. */
  std(): number;
  std(axis: number | readonly number[]): NdArray<"float64">;
  std(axis?: number | readonly number[]): number | NdArray<"float64"> {
    return this.reduce(reductions.std, axis, "float64");
  }

  /** 1 if any element is true (not 0), else 0; or along an axis or axes, as bool. */
  any(): number;
  any(axis: number | readonly number[]): NdArray<"bool">;
  any(axis?: number | readonly number[]): number | NdArray<"bool"> {
    return this.reduce(reductions.any, axis, "bool");
  }

  /** 1 if all elements are true (not 0), else 0; or along an axis or axes, as bool. */
  all(): number;
  all(axis: number | readonly number[]): NdArray<"bool">;
  all(axis?: number | readonly number[]): number | NdArray<"bool"> {
    return this.reduce(reductions.all, axis, "bool");
  }

  /** Index of the first largest element in C order, or along an axis. */
  argmax(): number;
  argmax(axis: number | readonly number[]): NdArray<"int32">;
  argmax(axis?: number | readonly number[]): number | NdArray<"int32"> {
    return this.reduce(reductions.argmax, axis, "int32");
  }

  /** Percentile `q` (0 to 100) with linear interpolation, or along an axis or axes. */
  percentile(q: number): number;
  percentile(q: number, axis: number | readonly number[]): NdArray<"float64">;
  percentile(q: number, axis?: number | readonly number[]): number | NdArray<"float64"> {
    return this.reduce(percentileOf(q), axis, "float64");
  }

  /** The parts along the first axis, as views: `for (const plane of stack) …`. */
  *[Symbol.iterator](): Generator<NdArray<D>, void, undefined> {
    if (this.ndim === 0) throw new TypeError("Cannot iterate: the array must have an axis, got a 0-d array");
    for (let index = 0; index < this.shape[0]; index++) yield this.at(index);
  }
}

guardBrackets(NdArray.prototype, elementAdvice);
