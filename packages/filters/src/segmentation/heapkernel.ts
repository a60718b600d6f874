import { assembly } from "@bioengine/ndarray";

const { assemble, block, constant, get, i32, leaveIf, loop, repeatIf, set } = assembly;
type Code = assembly.Code;

const [end, at, other, first] = [0, 1, 2, 3];

/** What a heap's nodes are. */
export interface HeapNode {
  /** Their size, a power of 2. */
  readonly bytes: number;
  /** Whether one node is before another; both lie so many bytes from an address on. */
  isBefore(address: Code, offset: number, than: Code, thanOffset: number): Code;
  /** Copy a node from one address to another. */
  move(from: Code, to: Code): Code;
  /** Whether a node may be left where it is, as all below it are equal; if this can be. */
  isLast?(address: Code, offset: number): Code;
}

const times = (number: Code, bytes: number): Code => i32.shiftLeft(number, constant(Math.log2(bytes)));

/**
 * Closes the gap at the root of a binary heap, where a node's children are at twice its address, the root's being
 * the size of a node. The kernel's parameter: the address of the last node, which is put where it belongs.
 *
 * The gap sinks to a leaf without a branch on which child is first, which no processor could foresee, and by two levels
 * at a time, as these are compared at once; the last node, which mostly belongs near the leaves, rises from there. It
 * comes to lie where it would by sinking from the root, and of children that are equal the left one goes up, as in
 * scikit-image's heap.
 */
export function heapKernel({ bytes, isBefore, move, isLast }: HeapNode): object {
  /** 1 if the right one of two neighbouring nodes is before the left one, else 0. */
  const isRightFirst = (address: Code, offset: number): Code =>
    isBefore(address, offset + bytes, address, offset);
  /** The gap at `at` goes to `other`, whose node fills it. */
  const moveGap: Code = [...move(get(other), get(at)), ...set(at, get(other))];
  const children = times(get(at), 2);
  const leaveAboveLast: Code = isLast ? leaveIf(i32.and(isLast(children, 0), isLast(children, bytes))) : [];
  const whileBelowEnd = (offset: number, address: Code, ...code: Code[]): Code =>
    block(
      loop(
        leaveIf(i32.isZero(i32.isLess(i32.add(address, constant(offset)), get(end)))),
        leaveAboveLast,
        ...code,
        repeatIf(constant(1)),
      ),
    );
  return assemble({
    parameters: 1,
    wholeLocals: 3,
    vectorLocals: 0,
    code: [
      ...set(at, constant(bytes)),
      ...whileBelowEnd(
        3 * bytes,
        times(get(at), 4),
        set(first, isRightFirst(children, 0)),
        set(
          other,
          i32.add(
            times(get(at), 4),
            times(
              i32.choose(
                i32.add(isRightFirst(times(get(at), 4), 2 * bytes), constant(2)),
                isRightFirst(times(get(at), 4), 0),
                get(first),
              ),
              bytes,
            ),
          ),
        ),
        set(first, i32.add(children, times(get(first), bytes))),
        move(get(first), get(at)),
        move(get(other), get(first)),
        set(at, get(other)),
      ),
      ...whileBelowEnd(
        bytes,
        children,
        set(other, i32.add(children, times(isRightFirst(children, 0), bytes))),
        moveGap,
      ),
      // A single child, at the end.
      ...whileBelowEnd(0, children, set(other, children), moveGap),
      ...block(
        loop(
          set(other, i32.and(i32.shiftRight(get(at), constant(1)), constant(-bytes))),
          leaveIf(i32.isZero(get(other))),
          leaveIf(isBefore(get(other), 0, get(end), 0)),
          moveGap,
          repeatIf(constant(1)),
        ),
      ),
      ...move(get(end), get(at)),
    ],
  });
}

/** As many bytes as the kernel can address, which looks at four times an address. */
const MOST_BYTES = 2 ** 30;

/**
 * Give a heap's kernel memory for nodes of so many bytes.
 *
 * @throws {RangeError} if there are more than it can address
 */
export function heapMemory(
  kernel: object,
  bytes: number,
  capacity: number,
): ReturnType<typeof assembly.withMemory> {
  if (bytes * capacity > MOST_BYTES) {
    throw new RangeError(
      `Cannot flood: up to ${MOST_BYTES / bytes} pixels can wait for their turn, got more; use parts of the image`,
    );
  }
  return assembly.withMemory(kernel, bytes * capacity);
}
