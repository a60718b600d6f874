import { assembly } from "@bioengine/ndarray";
import { STEP_BYTES } from "../rowstride";

const { assemble, constant, get, i32, loop, repeatIf, set, v128 } = assembly;

const [places, placesEnd, target, bytes] = [0, 1, 2, 3];
const [at, place, row] = [4, 5, 6];
const VECTORS = STEP_BYTES / 16;
const vectors = Array.from({ length: VECTORS }, (_, index) => ({ value: 7 + index, offset: 16 * index }));

/**
 * Computes a row as the extreme values of others. Its parameters: the addresses of where the rows' addresses are and of
 * their end, of the row, which may be one of them, and its bytes. All rows are used up to the next multiple of
 * `STEP_BYTES`.
 *
 * @param extreme the instruction; with NaN second, it gives the first
 * @param least what any other value is taken over, 16 bytes
 */
export const rowExtremumKernel = (
  extreme: (...operands: assembly.Code[]) => assembly.Code,
  least: Uint8Array,
): object =>
  assemble({
    parameters: 4,
    wholeLocals: 3,
    vectorLocals: VECTORS,
    code: loop(
      ...vectors.map(({ value }) => set(value, v128.constant(least))),
      set(place, get(places)),
      loop(
        set(row, i32.add(i32.load(0, get(place)), get(at))),
        ...vectors.map(({ value, offset }) => set(value, extreme(get(value), v128.load(offset, get(row))))),
        set(place, i32.add(get(place), constant(4))),
        repeatIf(i32.isLess(get(place), get(placesEnd))),
      ),
      ...vectors.map(({ value, offset }) => v128.store(offset, i32.add(get(target), get(at)), get(value))),
      set(at, i32.add(get(at), constant(STEP_BYTES))),
      repeatIf(i32.isLess(get(at), get(bytes))),
    ),
  });
