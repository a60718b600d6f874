import { solidShape } from "../border";

/** The objects of a mask as runs: pixels side by side in a row. */
export interface ObjectRuns {
  readonly count: number;
  /** The first pixel of each run, in C order, and the one after its last. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** The first run of the object that each run is of. */
  readonly objects: Int32Array;
}

/** At least so many numbers, those of the array first. */
export function grown(numbers: Int32Array, length: number): Int32Array {
  const larger = new Int32Array(Math.max(length, 2 * numbers.length));
  larger.set(numbers);
  return larger;
}

function rootOf(parents: Int32Array, run: number): number {
  let root = run;
  while (parents[root] !== root) {
    parents[root] = parents[parents[root]];
    root = parents[root];
  }
  return root;
}

function join(parents: Int32Array, run: number, other: number): void {
  const [a, b] = [rootOf(parents, run), rootOf(parents, other)];
  if (a < b) parents[b] = a;
  else parents[a] = b;
}

/** Rows whose pixels neighbour those of a row and come before it, and whether over corners along x, too. */
function earlierRows(ndim: number, connectivity: number): { z: number; y: number; reach: number }[] {
  const rows = [{ z: 0, y: -1 }, ...(ndim > 2 ? [-1, 0, 1].map((y) => ({ z: -1, y })) : [])];
  return rows
    .map(({ z, y }) => ({ z, y, reach: connectivity - Math.abs(z) - Math.abs(y) }))
    .filter(({ reach }) => reach >= 0)
    .map(({ z, y, reach }) => ({ z, y, reach: Math.min(reach, 1) }));
}

/**
 * Find the connected objects of a mask, without painting them (union-find over runs).
 *
 * @param mask 0 and 1 in C order
 * @param value of the objects' pixels; with 0, they are the holes and the background
 * @param shape `[y, x]` or `[z, y, x]`
 * @param connectivity how many axes neighbours may differ in
 */
export function objectRuns(
  mask: Uint8Array,
  value: 0 | 1,
  shape: readonly number[],
  connectivity: number,
): ObjectRuns {
  const [depth, height, width] = solidShape(shape);
  let starts: Int32Array = new Int32Array(0);
  let ends = starts;
  let objects = starts;
  const rowStarts = new Int32Array(depth * height + 1);
  const neighbours = earlierRows(shape.length, connectivity);
  let count = 0;
  for (let row = 0; row < depth * height; row++) {
    rowStarts[row] = count;
    const most = count + Math.ceil(width / 2);
    if (most > starts.length) {
      starts = grown(starts, most);
      ends = grown(ends, most);
      objects = grown(objects, most);
    }
    const stop = (row + 1) * width;
    for (let pixel = row * width; pixel < stop; pixel++) {
      if (mask[pixel] !== value) continue;
      starts[count] = pixel;
      while (pixel < stop && mask[pixel] === value) pixel++;
      objects[count] = count;
      ends[count++] = pixel;
    }
    const y = row % height;
    for (const step of neighbours) {
      if (row + step.z * height < 0 || y + step.y < 0 || y + step.y >= height) continue;
      const earlier = row + step.z * height + step.y;
      const toRow = (row - earlier) * width;
      const nearStop = rowStarts[earlier + 1];
      let near = rowStarts[earlier];
      for (let run = rowStarts[row]; run < count && near < nearStop; run++) {
        const first = starts[run] - toRow - step.reach;
        const last = ends[run] - toRow + step.reach;
        while (near < nearStop && ends[near] <= first) near++;
        while (near < nearStop && starts[near] < last) join(objects, run, near++);
        // The last one may reach the next run, too.
        if (near > rowStarts[earlier]) near--;
      }
    }
  }
  // An object's first run comes before its others, which find it here already.
  for (let run = 0; run < count; run++) objects[run] = objects[objects[run]];
  return { count, starts, ends, objects };
}
