import { assembly } from "@bioengine/ndarray";
import { strideOf } from "../rowstride";
import { ballKernel, TERM_BYTES } from "./ballkernel";

const { f32x4, f64x2, i16x8 } = assembly;

/** Numbers under which a ball rolls: fractions of the ball are dropped for whole ones. */
export type BallNumbers = Uint16Array | Float32Array | Float64Array;

/** Rows of numbers, and what computes a row as the least of others. */
export interface BallRows {
  /** The values of all rows; a row is where it begins in them. */
  readonly values: BallNumbers;
  /** From row to row. */
  readonly stride: number;
  /** What is above all values. */
  readonly outside: number;
  /** Set a term: a row, and how much is added to it. */
  readonly setTerm: (index: number, row: number, drop: number) => void;
  /** Set `count` values of a row, which may be a term's, to the least of the first `terms` terms; no NaN. */
  readonly lower: (target: number, count: number, terms: number) => void;
}

const infinity = Number.POSITIVE_INFINITY;

function kindOf(data: BallNumbers) {
  if (data instanceof Uint16Array) {
    const least = i16x8.leastUnsigned;
    return { array: Uint16Array, add: i16x8.addUnsigned, least, outside: 65535 };
  }
  if (data instanceof Float32Array) {
    return { array: Float32Array, add: f32x4.add, least: f32x4.least, outside: infinity };
  }
  return { array: Float64Array, add: f64x2.add, least: f64x2.least, outside: infinity };
}

// Compiled once, at first use.
const kernels: Record<string, object> = {};

/**
 * Room for rows of the data's kind.
 *
 * @param count how many rows
 * @param width values of each
 * @param terms how many there are at most
 * @throws {RangeError} if there isn't as much memory
 */
export function ballRows(data: BallNumbers, count: number, width: number, terms: number): BallRows {
  const { array, add, least, outside } = kindOf(data);
  const size = data.BYTES_PER_ELEMENT;
  const lanes = 16 / size;
  const stride = strideOf(width, size);
  const start = TERM_BYTES * terms;
  const all = new array(lanes).fill(outside);
  kernels[array.name] ??= ballKernel(add, least, new Uint8Array(all.buffer));
  const { buffer, run } = assembly.withMemory(kernels[array.name], start + size * count * stride);
  const [places, drops] = [new Int32Array(buffer), new array(buffer, 0, start / size)];
  return {
    values: new array(buffer, start),
    stride,
    outside,
    setTerm(index, row, drop) {
      places[(TERM_BYTES / 4) * index] = start + size * row;
      const first = (TERM_BYTES / size) * index + lanes;
      drops.fill(Math.min(drop, outside), first, first + lanes);
    },
    lower: (target, values, used) => run(0, TERM_BYTES * used, start + size * target, size * values),
  };
}
