import { assembly } from "@bioengine/ndarray";
import { REGION_RUN } from "./regionruns";

const { assemble, block, constant, f64x2, get, i32, i32x4, leaveIf, loop, repeatIf, set, v128 } = assembly;
type Code = assembly.Code;

const [run, runEnd, values, row, column, moments] = [0, 1, 2, 3, 4, 5];
const [first, left] = [6, 7];
const [x, y, weighted] = [8, 9, 10];
/** Of two columns each, the sums of weights times powers of x. */
const sums = [11, 12, 13, 14];
/** Those sums of a row, and later times a power of y. */
const rows = [15, 16];
/** Two moments each, in C order. */
const totals = [17, 18, 19, 20, 21, 22, 23, 24];

const zero = i32x4.splat(constant(0));
const advance = (local: number, bytes: Code): Code => set(local, i32.add(get(local), bytes));
const add = (local: number, vector: Code): Code => set(local, f64x2.add(get(local), vector));
const times = (local: number, other: number): Code => set(local, f64x2.multiply(get(local), get(other)));

const addWeights = (weights: Code): Code => [
  ...set(weighted, weights),
  ...sums.flatMap((sum, order) => [...(order === 0 ? [] : times(weighted, x)), ...add(sum, get(weighted))]),
];

/** The sums of two vectors' halves. */
const halves = (a: number, b: number): Code => {
  const bytes = (from: number) =>
    Array.from({ length: 16 }, (_, byte) => (byte < 8 ? from : from + 8) + byte);
  return f64x2.add(v128.shuffle(get(a), get(b), bytes(0)), v128.shuffle(get(a), get(b), bytes(8)));
};

/**
 * Sums weights times powers of places. Its parameters: the addresses of runs of one plane (plane, row, first column,
 * column after the last) and of the end; that of the weights of their pixels, of which one more is read; the row and the
 * column that places are counted from; and the address of the moments, up to order 3 along both axes.
 */
export function weightedKernel(): object {
  return assemble({
    parameters: 6,
    wholeLocals: 2,
    vectorLocals: 17,
    code: [
      ...loop(
        set(first, i32.subtract(i32.load(8, get(run)), get(column))),
        set(left, i32.subtract(i32.load(12, get(run)), i32.load(8, get(run)))),
        set(x, f64x2.fromI32x4(i32x4.replace(1, i32x4.splat(get(first)), i32.add(get(first), constant(1))))),
        set(y, f64x2.fromI32x4(i32x4.splat(i32.subtract(i32.load(4, get(run)), get(row))))),
        sums.flatMap((sum) => [...set(sum, zero)]),
        block(
          loop(
            leaveIf(i32.isLess(get(left), constant(2))),
            addWeights(v128.load(0, get(values))),
            add(x, f64x2.fromI32x4(i32x4.splat(constant(2)))),
            advance(values, constant(16)),
            advance(left, constant(-2)),
            repeatIf(constant(1)),
          ),
        ),
        // The one left over, if any: no processor could foresee a branch.
        addWeights(
          v128.and(v128.loadHalf(0, get(values)), i32x4.splat(i32.subtract(constant(0), get(left)))),
        ),
        advance(values, i32.shiftLeft(get(left), constant(3))),
        rows.flatMap((sum, half) => [...set(sum, halves(sums[2 * half], sums[2 * half + 1]))]),
        totals.flatMap((total, index) => [
          ...add(total, get(rows[index % 2])),
          ...(index < 6 ? times(rows[index % 2], y) : []),
        ]),
        advance(run, constant(4 * REGION_RUN)),
        repeatIf(i32.isLess(get(run), get(runEnd))),
      ),
      ...totals.flatMap((total, index) => [...v128.store(16 * index, get(moments), get(total))]),
    ],
  });
}
