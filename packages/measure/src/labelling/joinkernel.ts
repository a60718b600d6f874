import { assembly } from "@bioengine/ndarray";
import { RUN_BYTES } from "../scankernel";

const { assemble, block, constant, get, i32, leaveIf, loop, repeatIf, set } = assembly;
type Code = assembly.Code;

const [rowStart, rows, earlier, reach, table, parents, spare] = [0, 1, 2, 3, 4, 5, 6];
const [run, runsEnd, near, nearEnd, runParent, nearParent] = [7, 8, 9, 10, 11, 12];
const [end, nearRunEnd, isNext, other, isJoined, node, root, otherRoot, parent] = [
  13, 14, 15, 16, 17, 18, 19, 20, 21,
];

const [VALUE, FIRST, END] = [0, 4, 8];
const and = (first: Code, ...rest: Code[]): Code => rest.reduce((all, one) => i32.and(all, one), first);
const parentOf = (address: Code): Code =>
  i32.add(get(parents), i32.divide(i32.subtract(address, get(table)), constant(RUN_BYTES / 4)));

/** From a node on to the root of its tree (union-find), with the path there halved for the next time. */
const toRoot = (node: number): Code =>
  block(
    loop(
      set(parent, i32.load(0, get(node))),
      leaveIf(i32.equal(get(parent), get(node))),
      set(parent, i32.load(0, get(parent))),
      i32.store(0, get(node), get(parent)),
      set(node, get(parent)),
      repeatIf(constant(1)),
    ),
  );

/**
 * Joins the runs of rows to those of earlier ones that have their value and neighbour them. Its parameters: the address
 * where in `rowStart`, which has addresses of runs, the first row is; how many rows; the address there of the first
 * earlier row; how far neighbours may be along the row, 0 or 1; the addresses of all runs (value, first column and
 * column after the last), of each one's parent, which is an address among the parents, and of a spare one.
 *
 * Two rows are walked at once, always past the run that ends first. Whether two runs are joined, and which of them ends
 * first, no processor can foresee, so there is no branch on it: runs that aren't joined join the spare parent to itself.
 */
export function joinKernel(): object {
  const isLonger = i32.isLess(get(nearRunEnd), get(end));
  return assemble({
    parameters: 7,
    wholeLocals: 15,
    vectorLocals: 0,
    code: loop(
      set(run, i32.load(0, get(rowStart))),
      set(runsEnd, i32.load(4, get(rowStart))),
      set(near, i32.load(0, get(earlier))),
      set(nearEnd, i32.load(4, get(earlier))),
      set(runParent, parentOf(get(run))),
      set(nearParent, parentOf(get(near))),
      block(
        loop(
          leaveIf(i32.isZero(and(i32.isLess(get(run), get(runsEnd)), i32.isLess(get(near), get(nearEnd))))),
          set(end, i32.load(END, get(run))),
          set(nearRunEnd, i32.load(END, get(near))),
          // If both end together and differ in value, it is the run after that neighbours this one, over the corner.
          set(isNext, i32.isZero(i32.equal(i32.load(VALUE, get(near)), i32.load(VALUE, get(run))))),
          set(other, i32.add(get(near), i32.multiply(get(isNext), constant(RUN_BYTES)))),
          set(
            isJoined,
            and(
              i32.isLess(i32.load(FIRST, get(run)), i32.add(get(nearRunEnd), get(reach))),
              i32.isLess(i32.load(FIRST, get(near)), i32.add(get(end), get(reach))),
              i32.equal(i32.load(VALUE, get(other)), i32.load(VALUE, get(run))),
              i32.choose(
                and(
                  get(reach),
                  i32.equal(get(nearRunEnd), get(end)),
                  i32.equal(i32.load(FIRST, get(other)), get(end)),
                  i32.isLess(get(other), get(nearEnd)),
                ),
                constant(1),
                get(isNext),
              ),
            ),
          ),
          // Parents are roots nearly always, and so both searches end where they begin.
          set(node, i32.choose(get(runParent), get(spare), get(isJoined))),
          set(root, i32.load(0, get(node))),
          toRoot(root),
          set(
            otherRoot,
            i32.load(
              0,
              i32.choose(
                i32.add(get(nearParent), i32.shiftLeft(get(isNext), constant(2))),
                get(spare),
                get(isJoined),
              ),
            ),
          ),
          toRoot(otherRoot),
          set(parent, i32.choose(get(root), get(otherRoot), i32.isLess(get(root), get(otherRoot)))),
          i32.store(0, get(root), get(parent)),
          i32.store(0, get(otherRoot), get(parent)),
          i32.store(0, get(node), get(parent)),
          set(isNext, isLonger),
          set(near, i32.add(get(near), i32.multiply(get(isNext), constant(RUN_BYTES)))),
          set(nearParent, i32.add(get(nearParent), i32.shiftLeft(get(isNext), constant(2)))),
          set(isNext, i32.isZero(get(isNext))),
          set(run, i32.add(get(run), i32.multiply(get(isNext), constant(RUN_BYTES)))),
          set(runParent, i32.add(get(runParent), i32.shiftLeft(get(isNext), constant(2)))),
          repeatIf(constant(1)),
        ),
      ),
      set(rowStart, i32.add(get(rowStart), constant(4))),
      set(earlier, i32.add(get(earlier), constant(4))),
      set(rows, i32.subtract(get(rows), constant(1))),
      repeatIf(get(rows)),
    ),
  });
}
