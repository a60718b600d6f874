/**
 * A multiset of ranks that knows its k-th smallest: counts of each rank, and bits that say which counts are not 0, five
 * levels of 32, so that the next one is found in a few steps however far it is (after Huang, Yang & Tang 1979).
 */
export class RankCounter {
  private readonly counts: Int32Array;
  private readonly levels: Int32Array[] = [];
  /** The rank last asked for, and how many members are smaller. */
  private current = 0;
  private below = 0;

  /** @param size ranks are below it */
  constructor(size: number) {
    this.counts = new Int32Array(size);
    for (let length = size; this.levels.length === 0 || length > 1; ) {
      length = Math.ceil(length / 32);
      this.levels.push(new Int32Array(length));
    }
  }

  add(rank: number): void {
    if (rank < this.current) this.below++;
    if (this.counts[rank]++ > 0) return;
    let at = rank;
    for (const level of this.levels) {
      const word = at >>> 5;
      const before = level[word];
      level[word] = before | (1 << (at & 31));
      if (before !== 0) return;
      at = word;
    }
  }

  remove(rank: number): void {
    if (rank < this.current) this.below--;
    if (--this.counts[rank] > 0) return;
    let at = rank;
    for (const level of this.levels) {
      const word = at >>> 5;
      level[word] &= ~(1 << (at & 31));
      if (level[word] !== 0) return;
      at = word;
    }
  }

  /** The nearest member's rank after one; there must be one. */
  private after(rank: number): number {
    let at = rank;
    let level = 0;
    for (; ; level++) {
      const bits = (at & 31) === 31 ? 0 : this.levels[level][at >>> 5] & (-1 << ((at & 31) + 1));
      if (bits !== 0) {
        at = (at & ~31) | (31 - Math.clz32(bits & -bits));
        break;
      }
      at >>>= 5;
    }
    while (level-- > 0) {
      const bits = this.levels[level][at];
      at = (at << 5) | (31 - Math.clz32(bits & -bits));
    }
    return at;
  }

  /** The nearest member's rank before one; there must be one. */
  private before(rank: number): number {
    let at = rank;
    let level = 0;
    for (; ; level++) {
      const bits = this.levels[level][at >>> 5] & ((1 << (at & 31)) - 1);
      if (bits !== 0) {
        at = (at & ~31) | (31 - Math.clz32(bits));
        break;
      }
      at >>>= 5;
    }
    while (level-- > 0) at = (at << 5) | (31 - Math.clz32(this.levels[level][at]));
    return at;
  }

  /** The rank of the member that `k` others are before; there must be more than `k`. */
  kth(k: number): number {
    while (this.below > k) {
      this.current = this.before(this.current);
      this.below -= this.counts[this.current];
    }
    while (this.below + this.counts[this.current] <= k) {
      this.below += this.counts[this.current];
      this.current = this.after(this.current);
    }
    return this.current;
  }
}
