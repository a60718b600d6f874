import { type Extents, extentsOf } from "./extent";

/** Heat that spreads over a mask, in the mask's box with a border of one pixel. */
class HeatedBox {
  private heat = new Float64Array(0);
  private sums = new Float64Array(0);
  /** 1/9 in the mask, 0 elsewhere. */
  private share = new Float64Array(0);
  rows = 0;
  side = 0;
  private centre = 0;

  /** Take in a mask, cold. */
  load(labels: Int32Array, width: number, label: number, extents: Extents): void {
    const { top, left, bottom, right } = {
      top: extents.top[label],
      left: extents.left[label],
      bottom: extents.bottom[label],
      right: extents.right[label],
    };
    this.rows = bottom - top + 2;
    this.side = right - left + 2;
    const size = this.rows * this.side;
    if (size > this.heat.length) {
      this.heat = new Float64Array(2 * size);
      this.sums = new Float64Array(2 * size);
      this.share = new Float64Array(2 * size);
    }
    this.heat.fill(0, 0, size);
    this.share.fill(0, 0, size);
    let [sumY, sumX] = [0, 0];
    for (let y = top; y < bottom; y++) {
      for (let x = left, cell = (y - top + 1) * this.side + 1; x < right; x++, cell++) {
        if (labels[y * width + x] !== label) continue;
        this.share[cell] = 1 / 9;
        sumY += y - top + 1;
        sumX += x - left + 1;
      }
    }
    this.centre = this.nearest(sumY / extents.area[label], sumX / extents.area[label]);
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

  /** One unit of heat comes in at the centre, and each pixel takes the mean of its 3 × 3 pixels. */
  step(): void {
    const { heat, sums, share, side } = this;
    const size = this.rows * side;
    heat[this.centre] += 1;
    // The sum over 3 × 3 is the sum over rows of sums over columns. What runs over the border is zero.
    let before = 0;
    let here = heat[0];
    for (let cell = 0; cell + 1 < size; cell++) {
      const after = heat[cell + 1];
      sums[cell] = before + here + after;
      before = here;
      here = after;
    }
    for (let cell = side + 1; cell < size - side - 1; cell++) {
      heat[cell] = (sums[cell - side] + sums[cell] + sums[cell + side]) * share[cell];
    }
  }

  /** Mean squared difference between a field's unit vectors and the directions in which the heat grows. */
  error(flows: Float32Array, size: number, width: number, top: number, left: number): number {
    const { heat, share, rows, side } = this;
    let sum = 0;
    let count = 0;
    for (let row = 1; row < rows - 1; row++) {
      for (let column = 1; column < side - 1; column++) {
        const cell = row * side + column;
        if (share[cell] === 0) continue;
        const dy = heat[cell + side] - heat[cell - side];
        const dx = heat[cell + 1] - heat[cell - 1];
        const length = Math.sqrt(dy * dy + dx * dx) + 1e-60;
        const pixel = (top + row - 1) * width + left + column - 1;
        const offY = dy / length - flows[pixel] / 5;
        const offX = dx / length - flows[size + pixel] / 5;
        sum += offY * offY + offX * offX;
        count++;
      }
    }
    return sum / count;
  }
}

/**
 * How much the flows of the network differ from those that each mask would have (cellpose's `flow_error`): masks
 * that the network's flows don't support have a large error.
 *
 * @param flows `[2, y, x]` float32, five times unit vectors
 * @param labels `[y, x]`, 1 .. count without gaps
 * @returns mean squared difference of the unit vectors for labels 1 .. count, 0 to 4; index 0 is unused
 */
export function flowErrors(
  flows: Float32Array,
  labels: Int32Array,
  height: number,
  width: number,
  count: number,
): Float64Array {
  const extents = extentsOf(labels, height, width, count);
  const errors = new Float64Array(count + 1);
  const box = new HeatedBox();
  for (let label = 1; label <= count; label++) {
    box.load(labels, width, label, extents);
    const steps = 2 * (box.rows + box.side);
    for (let step = 0; step < steps; step++) box.step();
    errors[label] = box.error(flows, height * width, width, extents.top[label], extents.left[label]);
  }
  return errors;
}
