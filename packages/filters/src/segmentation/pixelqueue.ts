import { assembly } from "@bioengine/ndarray";
import { heapKernel, heapMemory } from "./heapkernel";

const { f64, i32, v128 } = assembly;

/** Bytes of a node: its value (float64), its age and its pixel (uint32). */
const NODE_BYTES = 16;
const AGE = 8;

const kernel = heapKernel({
  bytes: NODE_BYTES,
  isBefore: (address, offset, than, thanOffset) =>
    i32.or(
      f64.isLess(f64.load(offset, address), f64.load(thanOffset, than)),
      i32.and(
        f64.equal(f64.load(offset, address), f64.load(thanOffset, than)),
        i32.isLess(i32.load(offset + AGE, address), i32.load(thanOffset + AGE, than)),
      ),
    ),
  move: (from, to) => v128.store(0, to, v128.load(0, from)),
});

/**
 * Pixels in the order of their values, and of equal ones in that of their ages: a binary heap. Of pixels that are equal
 * in both, the order is that of scikit-image's heap, on which the borders between equal basins depend.
 */
export class PixelQueue {
  private capacity = 4096;
  private heap = heapMemory(kernel, NODE_BYTES, this.capacity);
  /** Two numbers a node, from 1 on: its value, and its age and pixel as the two halves of the other. */
  private nodes = new Float64Array(this.heap.buffer);
  private halves = new Uint32Array(this.heap.buffer);
  private count = 0;
  /** How many pixels have been pushed: the age of the last one. */
  private pushed = 0;
  /** The value of the pixel that was last taken. */
  value = 0;
  /** Its age: 0 for seeds, 1 for the pixel pushed first. */
  age = 0;

  get length(): number {
    return this.count;
  }

  /** Add a pixel of age 0; to be called before any `push`. */
  seed(value: number, pixel: number): void {
    this.insert(value, 0, pixel);
  }

  /** Add a pixel that is younger than all others. */
  push(value: number, pixel: number): void {
    this.insert(value, ++this.pushed, pixel);
  }

  private insert(value: number, age: number, pixel: number): void {
    if (++this.count === this.capacity) this.grow();
    const { nodes, halves } = this;
    let at = this.count;
    // The youngest pixel is before none of its own value.
    while (at > 1) {
      const parent = at >> 1;
      if (value >= nodes[2 * parent]) break;
      nodes[2 * at] = nodes[2 * parent];
      nodes[2 * at + 1] = nodes[2 * parent + 1];
      at = parent;
    }
    nodes[2 * at] = value;
    halves[4 * at + 2] = age;
    halves[4 * at + 3] = pixel;
  }

  private grow(): void {
    const { nodes } = this;
    this.capacity *= 2;
    this.heap = heapMemory(kernel, NODE_BYTES, this.capacity);
    this.nodes = new Float64Array(this.heap.buffer);
    this.halves = new Uint32Array(this.heap.buffer);
    this.nodes.set(nodes);
  }

  /** Take the first pixel; there must be one. */
  pop(): number {
    const { halves } = this;
    this.value = this.nodes[2];
    this.age = halves[6];
    const first = halves[7];
    this.heap.run(NODE_BYTES * this.count--);
    return first;
  }
}
