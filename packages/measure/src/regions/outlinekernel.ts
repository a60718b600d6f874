import { assembly } from "@bioengine/ndarray";
import { REGION_RUN } from "./regionruns";

const { assemble, block, constant, get, i32, i64, loop, repeatIf, set, skipIf } = assembly;
type Code = assembly.Code;

const [run, runEnd, rowBytes, origin, bits, bitsEnd, toBorder, counts] = [0, 1, 2, 3, 4, 5, 6, 7];
const [from, to, next, at, above, below] = [8, 9, 10, 11, 12, 13];
const [word, left, right, upper, lower] = [14, 15, 16, 17, 18];
const [upperLeft, upperRight, lowerLeft, lowerRight] = [19, 20, 21, 22];
const [oddEdges, twoEdges, oddCorners, twoCorners] = [23, 24, 25, 26];
const [crossings, slants, euler, straight, diagonal, mixed] = [27, 28, 29, 30, 31, 32];

/** Bytes of a word of pixels. */
export const WORD = 8;

const ALL = i64.constant(-1);
const without = (value: Code, other: Code): Code => i64.and(value, i64.xor(other, ALL));
const all = (first: Code, ...others: Code[]): Code => others.reduce((a, b) => i64.and(a, b), first);
const any = (first: Code, ...others: Code[]): Code => others.reduce((a, b) => i64.or(a, b), first);
const add = (local: number, value: Code): Code => set(local, i64.add(get(local), value));
const advance = (local: number, bytes: number): Code => set(local, i32.add(get(local), constant(bytes)));

// Addresses of words are one word less, so that the word before is at hand.
const wordAt = (address: number): Code => i64.load(WORD, get(address));
/** For each pixel of a word its neighbour to the left; the first one's is the last of the word before. */
const leftAt = (address: number): Code =>
  i64.or(
    i64.shiftLeft(wordAt(address), i64.constant(1)),
    i64.shiftRightZero(i64.load(0, get(address)), i64.constant(63)),
  );
const rightAt = (address: number): Code =>
  i64.or(
    i64.shiftRightZero(wordAt(address), i64.constant(1)),
    i64.shiftLeft(i64.load(2 * WORD, get(address)), i64.constant(63)),
  );

/** Set the bits of the runs. */
const draw: Code = loop(
  set(
    from,
    i32.subtract(
      i32.add(
        i32.multiply(i32.load(4, get(run)), i32.shiftLeft(get(rowBytes), constant(3))),
        i32.load(8, get(run)),
      ),
      get(origin),
    ),
  ),
  set(to, i32.add(get(from), i32.subtract(i32.load(12, get(run)), i32.load(8, get(run))))),
  loop(
    set(at, i32.add(get(bits), i32.shiftLeft(i32.shiftRight(get(from), constant(6)), constant(3)))),
    set(word, i64.shiftLeft(ALL, i64.fromI32(get(from)))),
    set(next, i32.add(i32.or(get(from), constant(63)), constant(1))),
    set(
      word,
      i32.choose(
        without(get(word), i64.shiftLeft(ALL, i64.fromI32(get(to)))),
        get(word),
        i32.isLess(get(to), get(next)),
      ),
    ),
    i64.store(WORD, get(at), i64.or(wordAt(at), get(word))),
    set(from, get(next)),
    repeatIf(i32.isLess(get(from), get(to))),
  ),
  advance(run, 4 * REGION_RUN),
  repeatIf(i32.isLess(get(run), get(runEnd))),
);

/** Find the border pixels, and count where pixels differ from those before. */
const compare: Code = [
  ...set(at, get(bits)),
  ...loop(
    set(above, i32.subtract(get(at), get(rowBytes))),
    set(below, i32.add(get(at), get(rowBytes))),
    set(word, wordAt(at)),
    set(left, leftAt(at)),
    set(upper, wordAt(above)),
    set(upperLeft, leftAt(above)),
    block(
      skipIf(i64.isZero(any(get(word), get(left), get(upper), get(upperLeft)))),
      i64.store(
        WORD,
        i32.add(get(at), get(toBorder)),
        without(get(word), all(get(left), rightAt(at), get(upper), wordAt(below))),
      ),
      add(crossings, i64.ones(without(get(word), get(upper)))),
      add(crossings, i64.ones(without(get(upperLeft), get(upper)))),
      add(slants, i64.ones(without(get(word), get(upperLeft)))),
      add(slants, i64.ones(without(get(upper), get(left)))),
      add(euler, i64.ones(without(get(upperLeft), any(get(upper), get(left), get(word))))),
      set(euler, i64.subtract(get(euler), i64.ones(without(i64.and(get(upper), get(left)), get(word))))),
    ),
    advance(at, WORD),
    repeatIf(i32.isLess(get(at), get(bitsEnd))),
  ),
];

/** Which of four bits are set an odd number of times, and which two or three times. */
const odd = (a: number, b: number, c: number, d: number): Code =>
  i64.xor(i64.xor(get(a), get(b)), i64.xor(get(c), get(d)));
const twoOrThree = (a: number, b: number, c: number, d: number): Code =>
  i64.xor(
    i64.xor(i64.and(get(a), get(b)), i64.and(get(c), get(d))),
    i64.and(i64.xor(get(a), get(b)), i64.xor(get(c), get(d))),
  );
const oneEdge = without(get(oddEdges), get(twoEdges));

/** Count the border pixels by how many others they touch over edges and over corners. */
const countBorder: Code = [
  ...set(at, i32.add(get(bits), get(toBorder))),
  ...set(bitsEnd, i32.subtract(i32.add(get(bitsEnd), get(toBorder)), get(rowBytes))),
  ...loop(
    set(word, wordAt(at)),
    block(
      skipIf(i64.isZero(get(word))),
      set(above, i32.subtract(get(at), get(rowBytes))),
      set(below, i32.add(get(at), get(rowBytes))),
      set(left, leftAt(at)),
      set(right, rightAt(at)),
      set(upper, wordAt(above)),
      set(lower, wordAt(below)),
      set(upperLeft, leftAt(above)),
      set(upperRight, rightAt(above)),
      set(lowerLeft, leftAt(below)),
      set(lowerRight, rightAt(below)),
      set(oddEdges, odd(left, right, upper, lower)),
      set(twoEdges, twoOrThree(left, right, upper, lower)),
      set(oddCorners, odd(upperLeft, upperRight, lowerLeft, lowerRight)),
      set(twoCorners, twoOrThree(upperLeft, upperRight, lowerLeft, lowerRight)),
      add(
        straight,
        i64.ones(
          without(
            i64.and(get(word), get(twoEdges)),
            i64.or(
              i64.and(get(oddCorners), get(twoCorners)),
              all(get(upperLeft), get(upperRight), get(lowerLeft), get(lowerRight)),
            ),
          ),
        ),
      ),
      add(
        diagonal,
        i64.ones(
          all(
            get(word),
            get(twoCorners),
            i64.or(
              without(without(ALL, get(oddCorners)), any(get(left), get(right), get(upper), get(lower))),
              i64.and(oneEdge, get(oddCorners)),
            ),
          ),
        ),
      ),
      add(mixed, i64.ones(all(get(word), oneEdge, i64.xor(get(oddCorners), get(twoCorners))))),
    ),
    advance(at, WORD),
    repeatIf(i32.isLess(get(at), get(bitsEnd))),
  ),
];

/**
 * Counts what the outline of a 2-D region is made of, 64 pixels at a time, as bits.
 *
 * Its parameters: the addresses of the region's first run (plane, row, first column, column after the last) and of the
 * end; the bytes of a row of bits, of which the last is to be no pixel's; the number of bits from the image's corner to
 * the box's; the address of the first row, less a word, and that of the end of the row below the last one; the bytes
 * from there to the same place among the border's bits; and the address of the counts. All bits are zero at first, with
 * a row and a word before them and after them.
 *
 * The counts, of 64 bits each: where a pixel is inside and the one above it outside, or the one to the right; where the
 * one before it in an oblique direction is outside; pieces less holes; border pixels in a straight line, in an oblique
 * one, and between the two.
 */
export function outlineKernel(): object {
  return assemble({
    parameters: 8,
    wholeLocals: 6,
    vectorLocals: 0,
    longLocals: 19,
    code: [
      ...draw,
      ...compare,
      ...countBorder,
      ...[crossings, slants, euler, straight, diagonal, mixed].map((count, index) =>
        i64.store(8 * index, get(counts), get(count)),
      ),
    ],
  });
}
