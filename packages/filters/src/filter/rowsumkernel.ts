import { assembly } from "@bioengine/ndarray";
import { STEP_BYTES } from "../rowstride";

const { assemble, constant, f32x4, f64x2, get, i32, loop, repeatIf, set, v128 } = assembly;

const [terms, termsEnd, target, bytes] = [0, 1, 2, 3];
const [at, term, first, second] = [4, 5, 6, 7];
const weight = 8;
const VECTORS = STEP_BYTES / 16;
const vectors = Array.from({ length: VECTORS }, (_, index) => ({ sum: 9 + index, offset: 16 * index }));

/** Bytes of a term. */
export const TERM_BYTES = 16;

const toSingle = (value: assembly.Code): assembly.Code => f64x2.fromF32x4(f32x4.fromF64x2(value));

/**
 * Computes a row of float64 as the sum of terms, each a weight times the sum of two rows. Its parameters: the addresses
 * of the terms (the addresses of both rows, and the weight) and of their end, of the row, which may be one of a term's,
 * and its bytes. All rows are used up to the next multiple of `STEP_BYTES`.
 *
 * @param single whether sums are rounded to float32
 */
export const rowSumKernel = (single: boolean): object =>
  assemble({
    parameters: 4,
    wholeLocals: 4,
    vectorLocals: 1 + VECTORS,
    code: loop(
      ...vectors.map(({ sum }) => set(sum, v128.constant(new Uint8Array(16)))),
      set(term, get(terms)),
      loop(
        set(first, i32.add(i32.load(0, get(term)), get(at))),
        set(second, i32.add(i32.load(4, get(term)), get(at))),
        set(weight, v128.loadSplat64(8, get(term))),
        ...vectors.map(({ sum, offset }) => {
          const both = f64x2.add(v128.load(offset, get(first)), v128.load(offset, get(second)));
          return set(sum, f64x2.add(get(sum), f64x2.multiply(get(weight), both)));
        }),
        set(term, i32.add(get(term), constant(TERM_BYTES))),
        repeatIf(i32.isLess(get(term), get(termsEnd))),
      ),
      ...vectors.map(({ sum, offset }) =>
        v128.store(offset, i32.add(get(target), get(at)), single ? toSingle(get(sum)) : get(sum)),
      ),
      set(at, i32.add(get(at), constant(STEP_BYTES))),
      repeatIf(i32.isLess(get(at), get(bytes))),
    ),
  });
