/**
 * Pixels in the order of their values, and of equal ones in that of their ages: a binary heap. Of pixels that are equal
 * in both, the order is that of scikit-image's heap, on which the borders between equal basins depend.
 */
export class PixelQueue {
  /** Value and stamp of each node, side by side for the cache. A stamp is the age times `size`, and the pixel. */
  private nodes = new Float64Array(2048);
  private count = 0;
  /** How many pixels have been pushed: the age of the last one. */
  private pushed = 0;
  /** The value of the pixel that was last taken. */
  value = 0;
  /** Its age: 0 for seeds, 1 for the pixel pushed first. */
  age = 0;

  /** @param size pixels are below it */
  constructor(private readonly size: number) {}

  get length(): number {
    return this.count;
  }

  /** Add a pixel of age 0; to be called before any `push`. */
  seed(value: number, pixel: number): void {
    this.insert(value, pixel);
  }

  /** Add a pixel that is younger than all others. */
  push(value: number, pixel: number): void {
    this.insert(value, ++this.pushed * this.size + pixel);
  }

  private insert(value: number, stamp: number): void {
    if (2 * this.count === this.nodes.length) {
      const grown = new Float64Array(2 * this.nodes.length);
      grown.set(this.nodes);
      this.nodes = grown;
    }
    const { nodes } = this;
    let at = this.count++;
    // The youngest pixel is before none of its own value.
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (value >= nodes[2 * parent]) break;
      nodes[2 * at] = nodes[2 * parent];
      nodes[2 * at + 1] = nodes[2 * parent + 1];
      at = parent;
    }
    nodes[2 * at] = value;
    nodes[2 * at + 1] = stamp;
  }

  /** Take the first pixel; there must be one. */
  pop(): number {
    const { nodes, size } = this;
    const first = nodes[1];
    this.value = nodes[0];
    const end = 2 * --this.count;
    const value = nodes[end];
    const stamp = nodes[end + 1];
    let at = 0;
    for (let child = 2; child < end; child = 2 * at + 2) {
      let least = nodes[child];
      let oldest = nodes[child + 1];
      if (child + 2 < end) {
        const other = nodes[child + 2];
        const age = nodes[child + 3];
        // Stamps below the size are of age 0, and as old as each other.
        if (other < least || (other === least && age < oldest && oldest >= size)) {
          child += 2;
          least = other;
          oldest = age;
        }
      }
      if (least > value || (least === value && (oldest >= stamp || stamp < size))) break;
      nodes[at] = least;
      nodes[at + 1] = oldest;
      at = child;
    }
    nodes[at] = value;
    nodes[at + 1] = stamp;
    this.age = Math.floor(first / size);
    return first - this.age * size;
  }
}
