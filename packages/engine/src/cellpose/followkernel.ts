import { assembly } from "@bioengine/ndarray";

const { assemble, block, constant, f32x4, f64x2, get, i32, i32x4, leaveIf, loop, repeatIf, set, v128 } =
  assembly;
type Code = assembly.Code;

const [field, path, end, width, steps] = [0, 1, 2, 3, 4];
const [address, step] = [5, 6];
const [position, whole, part, next, share, corner, upper] = [7, 8, 9, 10, 11, 12, 13];
/** Where the greatest y and x lie in memory, for both paths. */
const LIMITS = 0;

/** Halves of two vectors, numbered from 0 to 3. */
const halves = (first: Code, second: Code, low: number, high: number): Code => {
  const bytes = [low, high].flatMap((half) => [0, 1, 2, 3, 4, 5, 6, 7].map((byte) => 8 * half + byte));
  return v128.shuffle(first, second, bytes);
};
const both = (local: number, half: number): Code => halves(get(local), get(local), half, half);

/** The pixel that a path is in. */
const pixel = (number: number): Code =>
  i32.add(
    i32.multiply(i32x4.extract(2 * number, get(whole)), get(width)),
    i32x4.extract(2 * number + 1, get(whole)),
  );

/** The field at a corner, y and x. */
const fieldAt = (offset: number): Code => f64x2.fromF32x4(v128.loadHalf(offset, get(address)));
const between = (from: Code, to: Code, share: Code): Code =>
  f64x2.add(from, f64x2.multiply(share, f64x2.subtract(to, from)));
/** The field between two neighbours in a row. */
const alongRow = (): Code => [
  ...set(corner, fieldAt(0)),
  ...between(get(corner), fieldAt(8), both(share, 1)),
];

/** The field where a path is, between its four corners, rounded to float32. */
const stepOf = (number: number): Code => [
  ...set(share, f64x2.fromF32x4(number === 0 ? get(part) : both(part, 1))),
  ...set(address, i32.add(get(field), i32.shiftLeft(pixel(number), constant(3)))),
  ...set(upper, alongRow()),
  ...set(address, i32.add(get(address), i32.shiftLeft(get(width), constant(3)))),
  ...f32x4.fromF64x2(between(get(upper), alongRow(), both(share, 0))),
];

const rowAndColumn = (vector: Code, number: number, offset: number): Code => {
  const start = i32.load(offset, get(path));
  const row = i32.divide(start, get(width));
  const column = i32.subtract(start, i32.multiply(row, get(width)));
  return i32x4.replace(2 * number + 1, i32x4.replace(2 * number, vector, row), column);
};

/**
 * Follows two paths at a time. Its parameters: the address of the field (float32 y and x of each pixel in turn; read up
 * to a row and a pixel beyond its end), the address of the first start and of the end of the starts (i32 pixels, an even
 * number, replaced by where they end), the width, and the number of steps.
 */
export const followKernel: object = assemble({
  parameters: 5,
  wholeLocals: 2,
  vectorLocals: 7,
  code: loop(
    set(position, f32x4.fromI32x4(rowAndColumn(rowAndColumn(i32x4.splat(constant(0)), 0, 0), 1, 4))),
    set(step, get(steps)),
    block(
      loop(
        set(whole, i32x4.fromF32x4(get(position))),
        set(part, f32x4.subtract(get(position), f32x4.fromI32x4(get(whole)))),
        set(next, f32x4.add(get(position), halves(stepOf(0), stepOf(1), 0, 2))),
        set(next, f32x4.greatest(get(next), i32x4.splat(constant(0)))),
        set(next, f32x4.least(get(next), v128.load(LIMITS, constant(0)))),
        leaveIf(i32x4.allTrue(f32x4.equal(get(next), get(position)))),
        set(position, get(next)),
        set(step, i32.subtract(get(step), constant(1))),
        repeatIf(get(step)),
      ),
    ),
    set(whole, i32x4.fromF32x4(get(position))),
    i32.store(0, get(path), pixel(0)),
    i32.store(4, get(path), pixel(1)),
    set(path, i32.add(get(path), constant(8))),
    repeatIf(i32.isLess(get(path), get(end))),
  ),
});
