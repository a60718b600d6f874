import { assembly } from "@bioengine/ndarray";

const { assemble, constant, f64x2, get, i32, i32x4, loop, repeatIf, set, v128 } = assembly;
type Code = assembly.Code;

const [taps, tapsEnd, row, target, bytes, likeness] = [0, 1, 2, 3, 4, 5];
const [at, tap, neighbours] = [6, 7, 8];
const [scale, last, lowest, nearness, values, bins, weights] = [9, 10, 11, 12, 13, 14, 15];
const VECTORS = 2;
const vectors = Array.from({ length: VECTORS }, (_, index) => ({
  ...{ center: 16 + 3 * index, sum: 17 + 3 * index, total: 18 + 3 * index },
  offset: 16 * index,
}));

const STEP_BYTES = 16 * VECTORS;

/** Bytes of a tap. */
export const TAP_BYTES = 16;

/** Bytes of the three numbers that are at the start of memory. */
export const HEADER_BYTES = 24;

const zero = v128.constant(new Uint8Array(16));

/** Where the weight of a difference is, given the vector's number. */
const likenessAt = (lane: number): Code =>
  i32.add(get(likeness), i32.shiftLeft(i32x4.extract(lane, get(bins)), constant(3)));

/**
 * Computes the weighted means around a row's pixels, in float64. Its parameters: the addresses of the taps (the address of
 * the row that is shifted to the neighbours, and their weight) and of their end, of the pixels, of the result, the
 * result's bytes, and the address of the weights of differences. At the start of memory is the factor that makes a
 * difference the number of its weight, the number of the last weight, and what is added to the means. All rows are
 * used up to the next multiple of `STEP_BYTES`.
 */
export const bilateralKernel = (): object =>
  assemble({
    parameters: 6,
    wholeLocals: 3,
    vectorLocals: 7 + 3 * VECTORS,
    code: [
      ...set(scale, v128.loadSplat64(0, constant(0))),
      ...set(last, v128.loadSplat64(8, constant(0))),
      ...set(lowest, v128.loadSplat64(16, constant(0))),
      ...loop(
        ...vectors.flatMap(({ center, sum, total, offset }) => [
          set(center, v128.load(offset, i32.add(get(row), get(at)))),
          set(sum, zero),
          set(total, zero),
        ]),
        set(tap, get(taps)),
        loop(
          set(neighbours, i32.add(i32.load(0, get(tap)), get(at))),
          set(nearness, v128.loadSplat64(8, get(tap))),
          ...vectors.flatMap(({ center, sum, total, offset }) => {
            const difference = f64x2.absolute(f64x2.subtract(get(values), get(center)));
            const bin = f64x2.least(get(last), f64x2.multiply(difference, get(scale)));
            const alike = v128.loadUpperHalf(likenessAt(1), v128.loadHalf(0, likenessAt(0)));
            return [
              set(values, v128.load(offset, get(neighbours))),
              set(bins, i32x4.fromF64x2(bin)),
              set(weights, f64x2.multiply(get(nearness), alike)),
              set(sum, f64x2.add(get(sum), f64x2.multiply(get(weights), get(values)))),
              set(total, f64x2.add(get(total), get(weights))),
            ];
          }),
          set(tap, i32.add(get(tap), constant(TAP_BYTES))),
          repeatIf(i32.isLess(get(tap), get(tapsEnd))),
        ),
        ...vectors.map(({ sum, total, offset }) =>
          v128.store(
            offset,
            i32.add(get(target), get(at)),
            f64x2.add(f64x2.divide(get(sum), get(total)), get(lowest)),
          ),
        ),
        set(at, i32.add(get(at), constant(STEP_BYTES))),
        repeatIf(i32.isLess(get(at), get(bytes))),
      ),
    ],
  });
