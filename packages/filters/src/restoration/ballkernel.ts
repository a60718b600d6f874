import { assembly } from "@bioengine/ndarray";
import { STEP_BYTES } from "../rowstride";

const { assemble, constant, get, i32, loop, repeatIf, set, v128 } = assembly;

const [terms, termsEnd, target, bytes] = [0, 1, 2, 3];
const [at, term, row] = [4, 5, 6];
const drop = 7;
const VECTORS = STEP_BYTES / 16;
const vectors = Array.from({ length: VECTORS }, (_, index) => ({ value: 8 + index, offset: 16 * index }));

/** Bytes of a term. */
export const TERM_BYTES = 32;

type Instruction = (...operands: assembly.Code[]) => assembly.Code;

/**
 * Computes a row as the least of others, each with what it is less low by. Its parameters: the addresses of the terms (a
 * row's address, and from the 16th byte on what is added to it, in each number of a vector) and of their end, of the
 * row, which may be one of a term's, and its bytes. All rows are used up to the next multiple of `STEP_BYTES`.
 *
 * @param least the instruction; with NaN second, it gives the first
 * @param outside what is above all values, 16 bytes
 */
export const ballKernel = (add: Instruction, least: Instruction, outside: Uint8Array): object =>
  assemble({
    parameters: 4,
    wholeLocals: 3,
    vectorLocals: 1 + VECTORS,
    code: loop(
      ...vectors.map(({ value }) => set(value, v128.constant(outside))),
      set(term, get(terms)),
      loop(
        set(row, i32.add(i32.load(0, get(term)), get(at))),
        set(drop, v128.load(16, get(term))),
        ...vectors.map(({ value, offset }) =>
          set(value, least(get(value), add(v128.load(offset, get(row)), get(drop)))),
        ),
        set(term, i32.add(get(term), constant(TERM_BYTES))),
        repeatIf(i32.isLess(get(term), get(termsEnd))),
      ),
      ...vectors.map(({ value, offset }) => v128.store(offset, i32.add(get(target), get(at)), get(value))),
      set(at, i32.add(get(at), constant(STEP_BYTES))),
      repeatIf(i32.isLess(get(at), get(bytes))),
    ),
  });
