import type { LabelImage } from "./labelimage";
import { earlierRows } from "./neighbours";
import { RUN, type Runs } from "./runs";

/** Told of a stretch of pixels and their neighbours, from the index of the first of each, that have two values. */
export type Visitor = (
  pixel: number,
  other: number,
  length: number,
  value: number,
  otherValue: number,
) => void;

/** Visit where the pixels x of a row differ from the pixels x + step of a row, as long stretches of two values. */
function compareRows(runs: Runs, width: number, row: number, other: number, step: number, visit: Visitor) {
  const { table, rowStart } = runs;
  const end = width - Math.max(0, step);
  let [a, b] = [rowStart[row] * RUN, rowStart[other] * RUN];
  const [endA, endB] = [rowStart[row + 1] * RUN, rowStart[other + 1] * RUN];
  for (let x = Math.max(0, -step); x < end; ) {
    while (a < endA && table[a + 2] <= x) a += RUN;
    while (b < endB && table[b + 2] <= x + step) b += RUN;
    let [value, otherValue] = [0, 0];
    let next = end;
    if (a < endA) {
      if (table[a + 1] <= x) value = table[a];
      next = Math.min(next, value === 0 ? table[a + 1] : table[a + 2]);
    }
    if (b < endB) {
      if (table[b + 1] <= x + step) otherValue = table[b];
      next = Math.min(next, (otherValue === 0 ? table[b + 1] : table[b + 2]) - step);
    }
    if (value !== otherValue) visit(row * width + x, other * width + x + step, next - x, value, otherValue);
    x = next;
  }
}

/** Visit all pairs of neighbours that differ. */
export function compareNeighbours(runs: Runs, image: LabelImage, connectivity: number, visit: Visitor): void {
  const { depth, height, width, ndim } = image;
  const neighbours = earlierRows(ndim, connectivity);
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const row = z * height + y;
      compareRows(runs, width, row, row, 1, visit);
      for (const step of neighbours) {
        if (z + step.z < 0 || y + step.y < 0 || y + step.y >= height) continue;
        const other = row + step.z * height + step.y;
        for (let x = -step.reach; x <= step.reach; x++) compareRows(runs, width, row, other, x, visit);
      }
    }
  }
}
