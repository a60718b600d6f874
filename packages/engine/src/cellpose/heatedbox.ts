import { assembly } from "@bioengine/ndarray";
import { type Extents, extentsOf } from "../extent";
import { heatKernel } from "./heatkernel";

/** What the kernel uses beyond the end of an array, in cells of 8 bytes. */
const MARGIN = 8;

/** Heat that spreads over a mask, in the mask's box with a border of one pixel. */
class HeatedBox {
  private readonly heat: Float64Array;
  /** 1/9 in the mask, 0 elsewhere. */
  private readonly share: Float64Array;
  private readonly run: (...values: number[]) => void;
  private rows = 0;
  private side = 0;

  /** @param room cells of the largest box */
  constructor(room: number) {
    const length = room + MARGIN;
    const { buffer, run } = assembly.withMemory(heatKernel, 24 * length);
    this.heat = new Float64Array(buffer, 0, length);
    this.share = new Float64Array(buffer, 16 * length, length);
    this.run = run;
  }

  /** Heat a mask in the pixel nearest to its centre of mass, for twice as many steps as its box's sides have pixels. */
  spread(labels: Int32Array, width: number, label: number, extents: Extents): void {
    const top = extents.top[label];
    const left = extents.left[label];
    const bottom = extents.bottom[label];
    const right = extents.right[label];
    const side = right - left + 2;
    this.rows = bottom - top + 2;
    this.side = side;
    const size = this.rows * side;
    this.heat.fill(0, 0, size + MARGIN);
    this.share.fill(0, 0, size + MARGIN);
    let sumY = 0;
    let sumX = 0;
    for (let y = top; y < bottom; y++) {
      for (let x = left, cell = (y - top + 1) * side + 1; x < right; x++, cell++) {
        if (labels[y * width + x] !== label) continue;
        this.share[cell] = 1 / 9;
        sumY += y - top + 1;
        sumX += x - left + 1;
      }
    }
    const centre = this.nearest(sumY / extents.area[label], sumX / extents.area[label]);
    const sums = this.heat.byteLength;
    this.run(0, sums, 2 * sums, 8 * side, 8 * size, 8 * centre, 2 * (this.rows + side));
  }

  /** The first pixel of the mask that is as near to a place as any. */
  private nearest(y: number, x: number): number {
    let centre = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let row = 1; row < this.rows - 1; row++) {
      for (let column = 1; column < this.side - 1; column++) {
        if (this.share[row * this.side + column] === 0) continue;
        const distance = (row - y) ** 2 + (column - x) ** 2;
        if (distance < least) {
          least = distance;
          centre = row * this.side + column;
        }
      }
    }
    return centre;
  }

  /** The direction in which the heat grows, of each pixel of the mask, by its place in the box without the border. */
  directions(visit: (row: number, column: number, y: number, x: number) => void): void {
    const { heat, share, rows, side } = this;
    for (let row = 1; row < rows - 1; row++) {
      for (let column = 1; column < side - 1; column++) {
        const cell = row * side + column;
        if (share[cell] === 0) continue;
        const y = heat[cell + side] - heat[cell - side];
        const x = heat[cell + 1] - heat[cell - 1];
        const length = Math.sqrt(y * y + x * x) + 1e-60;
        visit(row - 1, column - 1, y / length, x / length);
      }
    }
  }
}

/**
 * Heat each mask in its middle and see in which direction the heat grows in its pixels, as cellpose does on the CPU.
 * Where it grows nowhere, the direction is 0; where it should but for rounding, it is any.
 *
 * @param labels `[y, x]`, 1 .. count without gaps
 * @param visit called with each pixel of each mask, mask by mask, in reading order
 */
export function heatMasks(
  labels: Int32Array,
  height: number,
  width: number,
  count: number,
  visit: (label: number, pixel: number, y: number, x: number) => void,
): void {
  const extents = extentsOf(labels, height, width, count);
  const { top, left, bottom, right } = extents;
  let room = 0;
  for (let label = 1; label <= count; label++) {
    room = Math.max(room, (bottom[label] - top[label] + 2) * (right[label] - left[label] + 2));
  }
  const box = new HeatedBox(room);
  for (let label = 1; label <= count; label++) {
    box.spread(labels, width, label, extents);
    box.directions((row, column, y, x) =>
      visit(label, (top[label] + row) * width + left[label] + column, y, x),
    );
  }
}
