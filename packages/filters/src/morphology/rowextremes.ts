import { assembly } from "@bioengine/ndarray";
import type { Numbers } from "../image";
import { STEP_BYTES } from "../rowstride";
import { rowExtremumKernel } from "./rowextremumkernel";

const { f32x4, f64x2, i8x16, i16x8, i32x4 } = assembly;

/** Whether the least or the largest value is taken. */
export type Extreme = "min" | "max";

const infinity = Number.POSITIVE_INFINITY;

type Instruction = (...operands: assembly.Code[]) => assembly.Code;

/** Numbers of a kind, between which they are, and how the extremes of vectors of them are taken. */
interface Kind {
  readonly array: (new (
    buffer: ArrayBuffer,
    start?: number,
  ) => Numbers) & {
    readonly name: string;
    readonly BYTES_PER_ELEMENT: number;
  };
  readonly min: Instruction;
  readonly max: Instruction;
  readonly low: number;
  readonly high: number;
}

const kinds: readonly Kind[] = [
  { array: Uint8Array, min: i8x16.leastUnsigned, max: i8x16.greatestUnsigned, low: 0, high: 2 ** 8 - 1 },
  { array: Int8Array, min: i8x16.leastSigned, max: i8x16.greatestSigned, low: -(2 ** 7), high: 2 ** 7 - 1 },
  { array: Uint16Array, min: i16x8.leastUnsigned, max: i16x8.greatestUnsigned, low: 0, high: 2 ** 16 - 1 },
  {
    array: Int16Array,
    min: i16x8.leastSigned,
    max: i16x8.greatestSigned,
    low: -(2 ** 15),
    high: 2 ** 15 - 1,
  },
  { array: Uint32Array, min: i32x4.leastUnsigned, max: i32x4.greatestUnsigned, low: 0, high: 2 ** 32 - 1 },
  {
    array: Int32Array,
    min: i32x4.leastSigned,
    max: i32x4.greatestSigned,
    low: -(2 ** 31),
    high: 2 ** 31 - 1,
  },
  { array: Float32Array, min: f32x4.least, max: f32x4.greatest, low: -infinity, high: infinity },
  { array: Float64Array, min: f64x2.least, max: f64x2.greatest, low: -infinity, high: infinity },
];

function kindOf(data: Numbers): Kind {
  const kind = kinds.find(({ array }) => data instanceof array);
  // There are no others.
  if (!kind) throw new TypeError(`Cannot take extremes: numbers are needed, got ${data.constructor.name}`);
  return kind;
}

/** Between which values numbers of this kind are. */
export const boundsOf = (data: Numbers): Pick<Kind, "low" | "high"> => kindOf(data);

/** Rows of numbers, and what computes a row as the extremes of others. */
export interface RowExtremes {
  /** The values of all rows; a row is where it begins in them. */
  readonly values: Numbers;
  /** Set one of the rows whose extremes are taken next. */
  readonly setRow: (index: number, row: number) => void;
  /** Set `count` values of a row, which may be one of the others, to the extremes of the first `rows` rows; no NaN. */
  readonly take: (target: number, count: number, rows: number) => void;
}

// Compiled once, at first use.
const kernels: Record<string, object> = {};

const nameOf = ({ array }: Kind, extreme: Extreme) => `${array.name} ${extreme}`;

function makeRowExtremes(kind: Kind, extreme: Extreme, length: number, most: number): RowExtremes {
  const start = STEP_BYTES * Math.ceil((4 * most) / STEP_BYTES);
  const size = kind.array.BYTES_PER_ELEMENT;
  const lanes = new kind.array(new ArrayBuffer(16)).fill(extreme === "max" ? kind.low : kind.high);
  const name = nameOf(kind, extreme);
  kernels[name] ??= rowExtremumKernel(kind[extreme], new Uint8Array(lanes.buffer));
  const { buffer, run } = assembly.withMemory(kernels[name], start + size * length + STEP_BYTES);
  const places = new Int32Array(buffer);
  return {
    values: new kind.array(buffer, start),
    setRow(index, row) {
      places[index] = start + size * row;
    },
    take: (target, count, rows) => run(0, 4 * rows, start + size * target, size * count),
  };
}

// What most filters need, 1 MiB.
const [BYTES, ROWS] = [1 << 20, 1024];
const usual: Record<string, RowExtremes> = {};

/**
 * Room for rows of together so many values of the data's kind, and for extremes of up to so many rows. What it holds is
 * left from earlier use, and is free again at the next call.
 *
 * @throws {RangeError} if there isn't as much memory
 */
export function rowExtremes(data: Numbers, extreme: Extreme, length: number, rows: number): RowExtremes {
  const kind = kindOf(data);
  const size = kind.array.BYTES_PER_ELEMENT;
  if (size * length > BYTES || rows > ROWS) return makeRowExtremes(kind, extreme, length, rows);
  const name = nameOf(kind, extreme);
  usual[name] ??= makeRowExtremes(kind, extreme, BYTES / size, ROWS);
  return usual[name];
}
