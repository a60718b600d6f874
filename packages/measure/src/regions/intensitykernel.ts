import { assembly } from "@bioengine/ndarray";

const { assemble, block, constant, f64x2, get, i32, i32x4, leaveIf, loop, repeatIf, set, v128 } = assembly;
type Code = assembly.Code;

const [values, count, results] = [0, 1, 2];
const [at, last, odd] = [3, 4, 5];
const [sum, least, greatest, mean, squares, value] = [6, 7, 8, 9, 10, 11];

/** Bytes of a number. */
const NUMBER = 8;

const swapped = (local: number): Code =>
  v128.shuffle(get(local), get(local), [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7]);
const lowerHalf = v128.constant(Uint8Array.from({ length: 16 }, (_, byte) => (byte < NUMBER ? 255 : 0)));
/** The value, all zero if there is an even number of them. */
const ifOdd = (vector: Code): Code =>
  v128.and(v128.and(vector, lowerHalf), i32x4.splat(i32.subtract(constant(0), get(odd))));

/** For each two values, but a last one left over. */
const pairs = (...code: Code[]): Code => [
  ...set(at, get(values)),
  ...block(
    loop(
      leaveIf(i32.isZero(i32.isLess(get(at), get(last)))),
      set(value, v128.load(0, get(at))),
      code.flat(),
      set(at, i32.add(get(at), constant(2 * NUMBER))),
      repeatIf(constant(1)),
    ),
  ),
];
const square = (vector: Code): Code => [...set(value, vector), ...f64x2.multiply(get(value), get(value))];

/**
 * Describes numbers. Its parameters: their address, how many there are, at least one, and the address of the results,
 * each twice: the mean, the sum of the squared distances from it, the least and the greatest; the two as they come if
 * some number is NaN.
 */
export function intensityKernel(): object {
  return assemble({
    parameters: 3,
    wholeLocals: 3,
    vectorLocals: 6,
    code: [
      ...set(
        last,
        i32.add(get(values), i32.multiply(i32.subtract(get(count), constant(1)), constant(NUMBER))),
      ),
      ...set(odd, i32.and(get(count), constant(1))),
      ...set(least, v128.loadSplat64(0, get(last))),
      ...set(greatest, get(least)),
      ...set(sum, ifOdd(get(least))),
      ...pairs(
        set(sum, f64x2.add(get(sum), get(value))),
        set(least, f64x2.least(get(least), get(value))),
        set(greatest, f64x2.greatest(get(greatest), get(value))),
      ),
      ...set(mean, f64x2.divide(f64x2.add(get(sum), swapped(sum)), f64x2.fromI32x4(i32x4.splat(get(count))))),
      ...set(squares, ifOdd(square(f64x2.subtract(v128.loadSplat64(0, get(last)), get(mean))))),
      ...pairs(set(squares, f64x2.add(get(squares), square(f64x2.subtract(get(value), get(mean)))))),
      ...v128.store(0, get(results), get(mean)),
      ...v128.store(16, get(results), f64x2.add(get(squares), swapped(squares))),
      ...v128.store(32, get(results), f64x2.least(get(least), swapped(least))),
      ...v128.store(48, get(results), f64x2.greatest(get(greatest), swapped(greatest))),
    ],
  });
}
