import { assembly } from "@bioengine/ndarray";
import { STEP_BYTES } from "../rowstride";
import { rowSumKernel, TERM_BYTES } from "./rowsumkernel";

/** Rows of float64, and what computes a row as the weighted sum of others. */
export interface RowSums {
  /** The values of all rows; a row is where it begins in them. */
  readonly values: Float64Array;
  /** Set a term of the next sums: two rows, which may be the same one, whose sum counts with a weight. */
  readonly setTerm: (index: number, first: number, second: number, weight: number) => void;
  /** Set `count` values of a row, which may be one of the terms', to the sum of the first `terms` terms. */
  readonly sum: (target: number, count: number, terms: number) => void;
}

/** So many values stay in a processor's cache. */
export const CACHE: number = 48 << 10;

/** What sums are rounded to. */
export type Precision = "float32" | "float64";

// Compiled once, at first use.
const kernels: Partial<Record<Precision, object>> = {};

function makeRowSums(length: number, most: number, precision: Precision): RowSums {
  const start = TERM_BYTES * most;
  kernels[precision] ??= rowSumKernel(precision === "float32");
  const { buffer, run } = assembly.withMemory(kernels[precision], start + 8 * length + STEP_BYTES);
  const values = new Float64Array(buffer, start);
  const [places, weights] = [new Int32Array(buffer), new Float64Array(buffer)];
  return {
    values,
    setTerm(index, first, second, weight) {
      places[4 * index] = start + 8 * first;
      places[4 * index + 1] = start + 8 * second;
      weights[2 * index + 1] = weight;
    },
    sum: (target, count, terms) => run(0, TERM_BYTES * terms, start + 8 * target, 8 * count),
  };
}

// What most filters need, 1 MiB.
const [LENGTH, TERMS] = [1 << 17, 256];
const usual: Record<string, RowSums> = {};

/**
 * Room for rows of together so many values, and for sums of up to so many terms. What it holds is left from earlier use,
 * and is free again at the next call.
 *
 * @throws {RangeError} if there isn't as much memory
 */
export function rowSums(length: number, terms: number, precision: Precision): RowSums {
  if (length > LENGTH || terms > TERMS) return makeRowSums(length, terms, precision);
  usual[precision] ??= makeRowSums(LENGTH, TERMS, precision);
  return usual[precision];
}
