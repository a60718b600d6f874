import { assembly } from "@bioengine/ndarray";
import { RUN_BYTES } from "../scankernel";

const { assemble, block, constant, get, i32, i32x4, leaveIf, loop, repeatIf, set, v128 } = assembly;

const [rowStart, rows, rowBytes, image, parents, count] = [0, 1, 2, 3, 4, 5];
const [run, end, parent, isRoot, number, at, stop] = [6, 7, 8, 9, 10, 11, 12];
const color = 13;

/** Bytes that a run is drawn in at a time. */
const STEP = 32;

/** Bytes beyond the image that are used. */
export const BEYOND: number = STEP;

/**
 * Numbers runs by the roots of their trees, in order, and draws them on zeros. Its parameters: the address where the
 * first row begins in `rowStart`, how many rows, the bytes of one, the address of the image's rows, that of the first
 * run's parent, and where the last number is kept. Numbers take the place of parents: a run's parent comes before it.
 *
 * Runs are drawn some pixels too far and wiped again, so that a processor needn't foresee the length of short ones.
 */
export function paintKernel(): object {
  const zero = i32x4.splat(constant(0));
  return assemble({
    parameters: 6,
    wholeLocals: 7,
    vectorLocals: 1,
    code: [
      ...set(number, i32.load(0, get(count))),
      ...set(run, i32.load(0, get(rowStart))),
      ...loop(
        set(rowStart, i32.add(get(rowStart), constant(4))),
        set(end, i32.load(0, get(rowStart))),
        block(
          loop(
            leaveIf(i32.isZero(i32.isLess(get(run), get(end)))),
            set(parent, i32.load(0, get(parents))),
            set(isRoot, i32.equal(get(parent), get(parents))),
            set(number, i32.add(get(number), get(isRoot))),
            set(parent, i32.choose(get(number), i32.load(0, get(parent)), get(isRoot))),
            i32.store(0, get(parents), get(parent)),
            set(color, i32x4.splat(get(parent))),
            set(at, i32.add(get(image), i32.shiftLeft(i32.load(4, get(run)), constant(2)))),
            set(stop, i32.add(get(image), i32.shiftLeft(i32.load(8, get(run)), constant(2)))),
            loop(
              v128.store(0, get(at), get(color)),
              v128.store(16, get(at), get(color)),
              set(at, i32.add(get(at), constant(STEP))),
              repeatIf(i32.isLess(get(at), get(stop))),
            ),
            v128.store(0, get(stop), zero),
            v128.store(16, get(stop), zero),
            set(parents, i32.add(get(parents), constant(4))),
            set(run, i32.add(get(run), constant(RUN_BYTES))),
            repeatIf(constant(1)),
          ),
        ),
        set(image, i32.add(get(image), get(rowBytes))),
        set(rows, i32.subtract(get(rows), constant(1))),
        repeatIf(get(rows)),
      ),
      ...i32.store(0, get(count), get(number)),
    ],
  });
}
