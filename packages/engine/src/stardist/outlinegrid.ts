import type { StarObjects } from "./starobjects";

/** A box in pixels, and the area of the polygon in it. */
interface Box {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly area: number;
}

const SMALLEST_CELL = 32;

/** Numbers of a box, in this order: top, left, bottom, right, area. */
const FIELDS = 5;

/** Finds the boxes that share enough with a box: a grid of cells that list the boxes that touch them. */
export class OutlineGrid {
  private readonly top: number;
  private readonly left: number;
  private readonly cell: number;
  private readonly rows: number;
  private readonly columns: number;
  /** First entry of each cell, and of each entry the next and the box; -1 ends a list. */
  private readonly heads: Int32Array;
  private next: Int32Array = new Int32Array(1024);
  private box: Int32Array = new Int32Array(1024);
  private entries = 0;
  private sides = new Float64Array(256 * FIELDS);
  private boxes = 0;
  /** The last visit that saw each box. */
  private seen: Int32Array = new Int32Array(256);
  private visits = 0;

  /** A grid over the centres of objects; what sticks out counts to the cells at its border. */
  constructor({ count, y, x }: StarObjects) {
    let [top, left, bottom, right] = [0, 0, 0, 0];
    for (let object = 0; object < count; object++) {
      top = object === 0 ? y[0] : Math.min(top, y[object]);
      bottom = object === 0 ? y[0] : Math.max(bottom, y[object]);
      left = object === 0 ? x[0] : Math.min(left, x[object]);
      right = object === 0 ? x[0] : Math.max(right, x[object]);
    }
    this.top = top;
    this.left = left;
    // Objects that lie far apart don't need a cell for every pixel between them.
    const room = Math.sqrt(((bottom - top) * (right - left)) / (4 * count + 1));
    const longest = Math.max(bottom - top, right - left) / (4 * count + 1);
    this.cell = Math.max(SMALLEST_CELL, room, longest);
    this.rows = Math.floor((bottom - top) / this.cell) + 1;
    this.columns = Math.floor((right - left) / this.cell) + 1;
    this.heads = new Int32Array(this.rows * this.columns).fill(-1);
  }

  private row(y: number): number {
    return Math.min(Math.max(Math.floor((y - this.top) / this.cell), 0), this.rows - 1);
  }

  private column(x: number): number {
    return Math.min(Math.max(Math.floor((x - this.left) / this.cell), 0), this.columns - 1);
  }

  /** Add a box, whose number is how many were added before it. */
  add({ top, left, bottom, right, area }: Box): void {
    const number = this.boxes++;
    if (number === this.seen.length) {
      this.seen = grown(this.seen);
      const sides = new Float64Array(2 * this.sides.length);
      sides.set(this.sides);
      this.sides = sides;
    }
    this.sides.set([top, left, bottom, right, area], number * FIELDS);
    const [lastRow, lastColumn] = [this.row(bottom), this.column(right)];
    for (let row = this.row(top); row <= lastRow; row++) {
      for (let column = this.column(left); column <= lastColumn; column++) {
        if (this.entries === this.box.length) {
          this.box = grown(this.box);
          this.next = grown(this.next);
        }
        const cell = row * this.columns + column;
        this.box[this.entries] = number;
        this.next[this.entries] = this.heads[cell];
        this.heads[cell] = this.entries++;
      }
    }
  }

  /**
   * Look for the boxes that share more than a share of the smaller polygon's area with one.
   *
   * @param found takes their numbers, each once; must have room for all boxes
   * @returns how many were found
   */
  near({ top, left, bottom, right, area }: Box, share: number, found: Int32Array): number {
    const { sides, seen, next, box } = this;
    this.visits++;
    let count = 0;
    const lastRow = this.row(bottom);
    const lastColumn = this.column(right);
    for (let row = this.row(top); row <= lastRow; row++) {
      for (let column = this.column(left); column <= lastColumn; column++) {
        for (let entry = this.heads[row * this.columns + column]; entry >= 0; entry = next[entry]) {
          const number = box[entry];
          if (seen[number] === this.visits) continue;
          seen[number] = this.visits;
          const at = number * FIELDS;
          const rows = Math.min(bottom, sides[at + 2]) - Math.max(top, sides[at]);
          const columns = Math.min(right, sides[at + 3]) - Math.max(left, sides[at + 1]);
          if (rows <= 0 || columns <= 0) continue;
          if (rows * columns > share * Math.min(area, sides[at + 4])) found[count++] = number;
        }
      }
    }
    return count;
  }
}

function grown(array: Int32Array): Int32Array {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}
