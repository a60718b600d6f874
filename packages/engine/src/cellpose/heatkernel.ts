import { assembly } from "@bioengine/ndarray";

const { assemble, constant, f64, f64x2, get, i32, loop, repeatIf, set, v128 } = assembly;
type Code = assembly.Code;

const [heat, sums, share, row, end, centre, steps] = [0, 1, 2, 3, 4, 5, 6];
const at = 7;

const place = (array: number): Code => i32.add(get(array), get(at));

/** Of two cells `offset` bytes on, the sum over the three cells around each in its row. */
const sumAlongRow = (offset: number): Code =>
  v128.store(
    offset + 8,
    place(sums),
    f64x2.add(
      f64x2.add(v128.load(offset, place(heat)), v128.load(offset + 8, place(heat))),
      v128.load(offset + 16, place(heat)),
    ),
  );

/** Of two cells, their share of the sum over three rows. */
const takeShare = (offset: number): Code => {
  const above = v128.load(offset, i32.subtract(place(sums), get(row)));
  const below = v128.load(offset, i32.add(place(sums), get(row)));
  const sum = f64x2.add(f64x2.add(above, v128.load(offset, place(sums))), below);
  return v128.store(offset, place(heat), f64x2.multiply(sum, v128.load(offset, place(share))));
};

/**
 * Spreads heat over a box of float64 cells: in each step one unit comes in at the centre, and then each cell takes its
 * share of the sum of its 3 × 3 cells. Its parameters: the addresses of the heat, of room for sums, and of the shares
 * (0 in the first and last row and column; all three are used up to 64 bytes beyond their end), the bytes of a row and of
 * the box, the centre's place in bytes, and the number of steps.
 */
export const heatKernel: object = assemble({
  parameters: 7,
  wholeLocals: 1,
  vectorLocals: 0,
  code: loop(
    f64.store(
      0,
      i32.add(get(heat), get(centre)),
      f64.add(f64.load(0, i32.add(get(heat), get(centre))), f64.constant(1)),
    ),
    set(at, constant(0)),
    loop(
      sumAlongRow(0),
      sumAlongRow(16),
      set(at, i32.add(get(at), constant(32))),
      repeatIf(i32.isLess(get(at), get(end))),
    ),
    set(at, get(row)),
    loop(
      takeShare(0),
      takeShare(16),
      set(at, i32.add(get(at), constant(32))),
      repeatIf(i32.isLess(get(at), i32.subtract(get(end), get(row)))),
    ),
    set(steps, i32.subtract(get(steps), constant(1))),
    repeatIf(get(steps)),
  ),
});
