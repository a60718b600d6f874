import { assembly } from "@bioengine/ndarray";

const { assemble, constant, f64x2, get, i32, i32x4, loop, repeatIf, set, v128 } = assembly;
type Code = assembly.Code;

const [values, end, range, bins] = [0, 1, 2, 3];
const at = 4;
const [least, scale, pair] = [5, 6, 7];

/** Count one of the two values at work on in its bin. */
const countIn = (number: number): Code => [
  set(at, i32.add(get(bins), i32.shiftLeft(i32x4.extract(number, get(pair)), constant(2)))),
  i32.store(0, get(at), i32.add(i32.load(0, get(at)), constant(1))),
];

/**
 * Counts numbers in bins. Its parameters: their address and the end, an even number of them; the address of what to take
 * from each and to multiply it by then; and that of the bins.
 */
export function histogramKernel(): object {
  return assemble({
    parameters: 4,
    wholeLocals: 1,
    vectorLocals: 3,
    code: [
      set(least, v128.loadSplat64(0, get(range))),
      set(scale, v128.loadSplat64(8, get(range))),
      loop(
        set(
          pair,
          i32x4.fromF64x2(f64x2.multiply(f64x2.subtract(v128.load(0, get(values)), get(least)), get(scale))),
        ),
        countIn(0),
        countIn(1),
        set(values, i32.add(get(values), constant(16))),
        repeatIf(i32.isLess(get(values), get(end))),
      ),
    ],
  });
}
