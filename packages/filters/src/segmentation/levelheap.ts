import { assembly } from "@bioengine/ndarray";
import { heapKernel, heapMemory } from "./heapkernel";

const { constant, i32, i64 } = assembly;
type Code = assembly.Code;

/**
 * Bytes of a node: as the upper half of a whole number its level, as the lower one the number of a seed, or the age of
 * another pixel with the highest bit set.
 */
const NODE_BYTES = 8;
const AGED = -(2 ** 31);
/** The level of places that are held. */
const HELD = 2 ** 31 - 1;

/** A node, but a seed without its number: the lower half's sign spread over a mask. */
const withoutNumber = (node: Code): Code =>
  i64.and(
    node,
    i64.or(i64.shiftRight(i64.shiftLeft(node, i64.constant(32)), i64.constant(63)), i64.constant(AGED)),
  );

const kernel = heapKernel({
  bytes: NODE_BYTES,
  isBefore: (address, offset, than, thanOffset) =>
    i64.isLess(i64.load(offset, address), withoutNumber(i64.load(thanOffset, than))),
  move: (from, to) => i64.store(0, to, i64.load(0, from)),
  isLast: (address, offset) =>
    i32.isZero(i32.isLess(i32.load(offset + NODE_BYTES / 2, address), constant(HELD))),
});

/**
 * Pixels in the order of their levels, and of equal ones in that of their ages, as in a `PixelQueue`; of seeds of one
 * level, too, the order is that of scikit-image's heap. For this, pixels that wait elsewhere hold a place here.
 */
export class LevelHeap {
  private capacity = 4096;
  private heap = heapMemory(kernel, NODE_BYTES, this.capacity);
  /** From 1 on, of each node the lower and the upper half. */
  private halves = new Int32Array(this.heap.buffer);
  private count = 0;
  private readonly seeds: number[] = [];
  /** Pixels by their ages. */
  private readonly pixels: Int32Array;
  private pushed = 0;
  /** The level of the pixel that was last taken. */
  level = 0;

  /** @param most how many pixels will be pushed at most */
  constructor(most: number) {
    this.pixels = new Int32Array(most);
  }

  /** Whether the first place is held, or there is none. */
  get isOver(): boolean {
    return this.count === 0 || this.halves[3] === HELD;
  }

  /** Add a pixel of age 0; to be called before any `push`. */
  seed(level: number, pixel: number): void {
    this.insert(level, this.seeds.length);
    this.seeds.push(pixel);
  }

  /** Add a pixel that is younger than all others. */
  push(level: number, pixel: number): void {
    this.pixels[this.pushed] = pixel;
    this.insert(level, this.pushed++ | AGED);
  }

  /** Add the place of a pixel that comes after all that are not held. */
  hold(): void {
    if (++this.count === this.capacity) this.grow();
    this.halves[2 * this.count] = AGED;
    this.halves[2 * this.count + 1] = HELD;
  }

  private insert(level: number, lower: number): void {
    if (++this.count === this.capacity) this.grow();
    const { halves } = this;
    let at = this.count;
    // The youngest pixel is before none of its own level.
    while (at > 1) {
      const parent = at >> 1;
      if (level >= halves[2 * parent + 1]) break;
      halves[2 * at] = halves[2 * parent];
      halves[2 * at + 1] = halves[2 * parent + 1];
      at = parent;
    }
    halves[2 * at] = lower;
    halves[2 * at + 1] = level;
  }

  private grow(): void {
    const { halves } = this;
    this.capacity *= 2;
    this.heap = heapMemory(kernel, NODE_BYTES, this.capacity);
    this.halves = new Int32Array(this.heap.buffer);
    this.halves.set(halves);
  }

  /** Take the first pixel; it must not be held. */
  pop(): number {
    const { halves } = this;
    const lower = halves[2];
    this.level = halves[3];
    this.heap.run(NODE_BYTES * this.count--);
    return lower < 0 ? this.pixels[lower & ~AGED] : this.seeds[lower];
  }
}
