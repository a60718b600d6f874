import { cast, fits, rounding } from "./cast";
import { allocate, type DType, isBig, isFloat, type TypedArray } from "./dtype";
import { broadcastShape, forEachRow, shapeText, sizeOf } from "./layout";
import { promote, promoteNumber, quotient } from "./promotion";

/** What an operation needs to know of an array. */
export interface Operand {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly buffer: TypedArray;
  readonly data: TypedArray;
}

/** The outcome of an operation. */
export interface Outcome {
  readonly data: TypedArray;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Names of the arithmetic operations. */
export type OperationName = "add" | "subtract" | "multiply" | "divide" | "power" | "maximum" | "minimum";

/** Names of the comparisons. */
export type ComparisonName =
  | "greater"
  | "greaterEqual"
  | "less"
  | "lessEqual"
  | "equal"
  | "notEqual"
  | "logicalAnd"
  | "logicalOr";

interface Operation {
  readonly number: (a: number, b: number) => number;
  readonly big?: (a: bigint, b: bigint) => bigint;
  /** The dtype of the result, from the dtype that both operands were promoted to. */
  readonly result?: (dtype: DType) => DType;
}

/** Arithmetic by name. Integers wrap as in C. */
const operations: Record<OperationName, Operation> = {
  add: { number: (a, b) => a + b, big: (a, b) => a + b },
  subtract: { number: (a, b) => a - b, big: (a, b) => a - b },
  multiply: { number: (a, b) => a * b, big: (a, b) => a * b },
  divide: { number: (a, b) => a / b, result: quotient },
  power: { number: (a, b) => a ** b, big: widePower },
  maximum: { number: Math.max, big: (a, b) => (a > b ? a : b) },
  minimum: { number: Math.min, big: (a, b) => (a < b ? a : b) },
};

/** Everything but 0 is true, NaN too. */
const isTrue = (value: number | bigint) => Boolean(value) || Number.isNaN(value);

/** Comparisons by name. NaN compares as false, except that it is notEqual to everything. */
const comparisons: Record<ComparisonName, (a: number | bigint, b: number | bigint) => boolean> = {
  greater: (a, b) => a > b,
  greaterEqual: (a, b) => a >= b,
  less: (a, b) => a < b,
  lessEqual: (a, b) => a <= b,
  // Loose equality, because it compares a bigint with a number by value.
  // biome-ignore lint/suspicious/noDoubleEquals: see above
  equal: (a, b) => a == b,
  // biome-ignore lint/suspicious/noDoubleEquals: see above
  notEqual: (a, b) => a != b,
  logicalAnd: (a, b) => isTrue(a) && isTrue(b),
  logicalOr: (a, b) => isTrue(a) || isTrue(b),
};

/** The elements of an operand in C order, repeated to the shape that it is broadcast to. */
function broadcastData(operand: Operand, shape: readonly number[]): TypedArray {
  if (sizeOf(operand.shape) === sizeOf(shape)) return operand.data;
  const added = shape.length - operand.shape.length;
  const strides = shape.map((_, axis) => {
    const own = axis - added;
    return own < 0 || operand.shape[own] === 1 ? 0 : operand.strides[own];
  });
  const target = allocate(operand.dtype, sizeOf(shape));
  const width = shape[shape.length - 1];
  const step = strides[shape.length - 1];
  let position = 0;
  forEachRow(shape, strides, operand.offset, (offset) => {
    for (let i = 0; i < width; i++) target[position++] = operand.buffer[offset + i * step] as never;
  });
  return target;
}

function commonShape(name: string, a: Operand, b: Operand): number[] {
  const shape = broadcastShape(a.shape, b.shape);
  if (shape === undefined) {
    throw new RangeError(
      `Cannot ${name}: the shapes must be equal or broadcast, got ${shapeText(a.shape)} and ${shapeText(b.shape)}`,
    );
  }
  return shape;
}

/**
 * Check the second operand at the public door.
 *
 * @throws {TypeError} if it is neither an array nor a number
 */
function checkOperand(name: string, b: unknown): void {
  if (typeof b === "number" || (typeof b === "object" && b !== null && "dtype" in b)) return;
  const fix = Array.isArray(b) ? "; use ndarray([…])" : typeof b === "bigint" ? `; use ${b}` : "";
  throw new TypeError(
    `Cannot ${name}: an array or a number is needed, got ${Array.isArray(b) ? "a list" : typeof b}${fix}`,
  );
}

/** `a <operation> b` for each element; `b` is an array or a number. */
export function arithmetic(name: OperationName, a: Operand, b: Operand | number): Outcome {
  checkOperand(name, b);
  const { number, big, result } = operations[name];
  const operands = typeof b === "number" ? promoteNumber(a.dtype, b) : promote(a.dtype, b.dtype);
  const common = name === "divide" ? quotient(operands) : operands;
  if (name === "power" && !isFloat(common) && someNegative(b)) {
    throw new RangeError(
      'Cannot power: integers take no negative exponent; convert first: .astype("float64")',
    );
  }
  if (typeof b === "number" && !isFloat(common) && !fits(b, common)) {
    throw new RangeError(
      `Cannot ${name}: the number must fit ${common}, got ${b}; convert first: .astype("float64")`,
    );
  }
  const dtype = result?.(common) ?? common;
  const shape = typeof b === "number" ? a.shape : commonShape(name, a, b);
  const x = toCommon(a, shape, common, dtype);
  const y = typeof b === "number" ? undefined : toCommon(b, shape, common, dtype);
  const target = allocate(dtype, x.length);
  if (target instanceof BigInt64Array || target instanceof BigUint64Array) {
    const [left, right] = [x as BigInt64Array, y as BigInt64Array | undefined];
    const scalar = typeof b === "number" ? BigInt(b) : 0n;
    for (let i = 0; i < target.length; i++) target[i] = big?.(left[i], right ? right[i] : scalar) ?? 0n;
    return { data: target, shape, dtype };
  }
  const operation = exactOperation(name, common) ?? number;
  const second = typeof b === "number" ? weakNumber(b, dtype) : (y as Float64Array);
  fill(target, x as Float64Array, second, operation, rounding(dtype));
  return { data: target, shape, dtype };
}

/** A plain number as an element of an array that it meets; of integers it is what it is. */
const weakNumber = (value: number, dtype: DType): number =>
  isFloat(dtype) ? Number(cast(Float64Array.of(value), "float64", dtype)[0]) : value;

const someNegative = (b: Operand | number) =>
  typeof b === "number" ? b < 0 : b.data.some((value: number | bigint) => value < 0);

/** Integer operations whose results may pass 2^53, where the low bits would be lost. */
function exactOperation(name: OperationName, dtype: DType): ((a: number, b: number) => number) | undefined {
  if (name === "multiply" && (dtype === "int32" || dtype === "uint32")) return Math.imul;
  return name === "power" && !isFloat(dtype) ? wholePower : undefined;
}

/** The low 32 bits of a power, by squaring: the whole number may have a billion digits. */
function wholePower(base: number, exponent: number): number {
  let result = 1;
  for (let square = base, rest = exponent; rest > 0; square = Math.imul(square, square), rest >>>= 1) {
    if (rest & 1) result = Math.imul(result, square);
  }
  return result;
}

/** The low 64 bits of a power. */
function widePower(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (
    let square = base, rest = exponent;
    rest > 0n;
    square = BigInt.asIntN(64, square * square), rest >>= 1n
  ) {
    if (rest & 1n) result = BigInt.asIntN(64, result * square);
  }
  return result;
}

function toCommon(operand: Operand, shape: readonly number[], common: DType, dtype: DType): TypedArray {
  const wanted = isBig(common) && !isBig(dtype) ? dtype : common;
  const data = broadcastData(operand, shape);
  return operand.dtype === wanted ? data : cast(data, operand.dtype, wanted);
}

function fill(
  target: Exclude<TypedArray, BigInt64Array | BigUint64Array>,
  a: Float64Array,
  b: Float64Array | number,
  operation: (a: number, b: number) => number,
  round: ((value: number) => number) | undefined,
): void {
  const length = target.length;
  if (typeof b === "number") for (let i = 0; i < length; i++) target[i] = operation(a[i], b);
  else for (let i = 0; i < length; i++) target[i] = operation(a[i], b[i]);
  if (round) for (let i = 0; i < length; i++) target[i] = round(target[i]);
}

/** `a <comparison> b` for each element, as 0 and 1. */
export function comparison(name: ComparisonName, a: Operand, b: Operand | number): Outcome {
  checkOperand(name, b);
  const compare = comparisons[name];
  const shape = typeof b === "number" ? a.shape : commonShape(name, a, b);
  const x = broadcastData(a, shape);
  const target = new Uint8Array(x.length);
  if (typeof b === "number") {
    const number = weakNumber(b, a.dtype);
    for (let i = 0; i < x.length; i++) target[i] = compare(x[i], number) ? 1 : 0;
  } else {
    const y = broadcastData(b, shape);
    for (let i = 0; i < x.length; i++) target[i] = compare(x[i], y[i]) ? 1 : 0;
  }
  return { data: target, shape, dtype: "bool" };
}
