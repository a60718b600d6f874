import { assembly } from "@bioengine/ndarray";

const { assemble, block, constant, f64, get, i32, leaveIf, loop, repeatIf, set, v128 } = assembly;
type Code = assembly.Code;

const [end, at, other, first] = [0, 1, 2, 3];

/** Bytes of a node: its value (float64), its age and its pixel (uint32). */
export const NODE_BYTES = 16;
const AGE = 8;

const times = (number: Code, bytes: number): Code => i32.shiftLeft(number, constant(Math.log2(bytes)));

/** Whether a node is before another one; both lie so many bytes from an address on. */
const isBefore = (address: Code, offset: number, than: Code, thanOffset: number): Code =>
  i32.or(
    f64.isLess(f64.load(offset, address), f64.load(thanOffset, than)),
    i32.and(
      f64.equal(f64.load(offset, address), f64.load(thanOffset, than)),
      i32.isLess(i32.load(offset + AGE, address), i32.load(thanOffset + AGE, than)),
    ),
  );
/** 1 if the right one of two neighbouring nodes is before the left one, else 0. */
const isRightFirst = (address: Code, offset: number): Code =>
  isBefore(address, offset + NODE_BYTES, address, offset);
const move = (from: Code, to: Code): Code => v128.store(0, to, v128.load(0, from));
/** The gap at `at` goes to `other`, whose node fills it. */
const moveGap: Code = [...move(get(other), get(at)), ...set(at, get(other))];
const whileBelowEnd = (offset: number, address: Code, ...code: Code[]): Code =>
  block(
    loop(
      leaveIf(i32.isZero(i32.isLess(i32.add(address, constant(offset)), get(end)))),
      ...code,
      repeatIf(constant(1)),
    ),
  );

/**
 * Closes the gap at the root of a binary heap, where a node's children are at twice its address, the root's being
 * `NODE_BYTES`. Its parameter: the address of the last node, which is put where it belongs.
 *
 * The gap sinks to a leaf without a branch on which child is first, which no processor could foresee, and by two levels
 * at a time, as these are compared at once; the last node, which mostly belongs near the leaves, rises from there. It
 * comes to lie where it would by sinking from the root, and of children that are equal the left one goes up, as in
 * scikit-image's heap.
 */
export const heapKernel: object = assemble({
  parameters: 1,
  wholeLocals: 3,
  vectorLocals: 0,
  code: [
    ...set(at, constant(NODE_BYTES)),
    ...whileBelowEnd(
      3 * NODE_BYTES,
      times(get(at), 4),
      set(first, isRightFirst(times(get(at), 2), 0)),
      set(
        other,
        i32.add(
          times(get(at), 4),
          times(
            i32.choose(
              i32.add(isRightFirst(times(get(at), 4), 2 * NODE_BYTES), constant(2)),
              isRightFirst(times(get(at), 4), 0),
              get(first),
            ),
            NODE_BYTES,
          ),
        ),
      ),
      set(first, i32.add(times(get(at), 2), times(get(first), NODE_BYTES))),
      move(get(first), get(at)),
      move(get(other), get(first)),
      set(at, get(other)),
    ),
    ...whileBelowEnd(
      NODE_BYTES,
      times(get(at), 2),
      set(other, i32.add(times(get(at), 2), times(isRightFirst(times(get(at), 2), 0), NODE_BYTES))),
      moveGap,
    ),
    // A single child, at the end.
    ...whileBelowEnd(0, times(get(at), 2), set(other, times(get(at), 2)), moveGap),
    ...block(
      loop(
        set(other, i32.and(i32.shiftRight(get(at), constant(1)), constant(-NODE_BYTES))),
        leaveIf(i32.isZero(get(other))),
        leaveIf(isBefore(get(other), 0, get(end), 0)),
        moveGap,
        repeatIf(constant(1)),
      ),
    ),
    ...move(get(end), get(at)),
  ],
});
