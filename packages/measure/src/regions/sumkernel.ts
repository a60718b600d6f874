import { assembly } from "@bioengine/ndarray";

const { assemble, block, constant, f64x2, get, i32, i32x4, leaveIf, loop, repeatIf, set, v128 } = assembly;
type Code = assembly.Code;

const [table, keys, keyBytes, rowStart, rows, y, z, height, sums, limit] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const [rowEnd, first, end, key, at] = [10, 11, 12, 13, 14];
const [position, rowBox, planeBox, lengths] = [15, 16, 17, 18];

/** Bytes of what is written for a key. */
export const SUM_BYTES = 64;

/** What first positions are taken from, so that the largest is kept of all, and zeros are a start. */
export const FROM = 0x7fffffff;

/** Four whole numbers; those left out are 0. */
const vectorOf = (...lanes: Code[]): Code =>
  lanes.reduce((vector, lane, index) => i32x4.replace(index, vector, lane), i32x4.splat(constant(0)));

/** Replaces the vector at an offset from `at` by what is made of it. */
const change = (offset: number, of: (old: Code) => Code): Code =>
  v128.store(offset, get(at), of(v128.load(offset, get(at))));

const after = (value: Code): Code => i32.add(value, constant(1));
const before = (value: Code): Code => i32.subtract(constant(FROM), value);

/**
 * Sums up runs by key, without a branch on what they are. Its parameters: the addresses of the runs (value, first column
 * and column after the last) and of their keys, the bytes from one key to the next, the address for where each row
 * begins, and at last the end, as addresses of runs; how many rows; the first one's row and plane; rows of a plane; the
 * address of the sums; and the number of keys: runs of others, such as negative ones, count for key 0.
 *
 * For each key: float64 pixels and sum of columns, both doubled, sums of rows and of planes; int32 `FROM` less the first
 * row, less the first column, the row after the last, the column after the last; `FROM` less the first plane, the plane
 * after the last.
 */
export function sumKernel(): object {
  return assemble({
    parameters: 10,
    wholeLocals: 5,
    vectorLocals: 4,
    code: [
      ...loop(
        set(rowStart, i32.add(get(rowStart), constant(4))),
        set(rowEnd, i32.load(0, get(rowStart))),
        set(position, f64x2.fromI32x4(vectorOf(get(y), get(z)))),
        set(rowBox, vectorOf(before(get(y)), constant(0), after(get(y)))),
        set(planeBox, vectorOf(before(get(z)), after(get(z)))),
        block(
          loop(
            leaveIf(i32.isZero(i32.isLess(get(table), get(rowEnd)))),
            set(first, i32.load(4, get(table))),
            set(end, i32.load(8, get(table))),
            set(key, i32.load(0, get(keys))),
            set(key, i32.choose(get(key), constant(0), i32.isLess(get(key), get(limit)))),
            set(at, i32.add(get(sums), i32.multiply(get(key), constant(SUM_BYTES)))),
            set(lengths, f64x2.fromI32x4(i32x4.splat(i32.subtract(get(end), get(first))))),
            change(0, (old) =>
              f64x2.add(
                old,
                f64x2.multiply(
                  get(lengths),
                  f64x2.fromI32x4(
                    i32x4.replace(
                      1,
                      i32x4.splat(constant(2)),
                      i32.subtract(i32.add(get(first), get(end)), constant(1)),
                    ),
                  ),
                ),
              ),
            ),
            change(16, (old) => f64x2.add(old, f64x2.multiply(get(lengths), get(position)))),
            change(32, (old) =>
              i32x4.greatestSigned(
                old,
                i32x4.replace(3, i32x4.replace(1, get(rowBox), before(get(first))), get(end)),
              ),
            ),
            change(48, (old) => i32x4.greatestSigned(old, get(planeBox))),
            set(table, i32.add(get(table), constant(12))),
            set(keys, i32.add(get(keys), get(keyBytes))),
            repeatIf(constant(1)),
          ),
        ),
        set(y, after(get(y))),
        // On to the next plane.
        set(z, i32.choose(get(z), after(get(z)), i32.isLess(get(y), get(height)))),
        set(y, i32.choose(get(y), constant(0), i32.isLess(get(y), get(height)))),
        set(rows, i32.subtract(get(rows), constant(1))),
        repeatIf(get(rows)),
      ),
    ],
  });
}
