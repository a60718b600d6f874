/** Points that were joined to a line so far; a chain that was joined to an older one has no number. */
interface Chain {
  readonly number: number;
  first: number;
  last: number;
}

/**
 * Joins segments, in the order that they are found in, to lines. Lines are numbered by their oldest segment, on which
 * the order of contours depends, and with it where a closed one begins.
 */
export class ContourChains {
  private readonly chains: (Chain | undefined)[] = [];
  // Of each point of a line: its key, its place, and the point behind it.
  private readonly keys: number[] = [];
  private readonly ys: number[] = [];
  private readonly xs: number[] = [];
  private readonly nexts: number[] = [];
  /** Lines that can grow, by the keys of their first and of their last points. */
  private readonly starts = new Map<number, Chain>();
  private readonly ends = new Map<number, Chain>();

  private point(key: number, y: number, x: number): number {
    this.keys.push(key);
    this.ys.push(y);
    this.xs.push(x);
    return this.nexts.push(-1) - 1;
  }

  private register(chain: Chain): void {
    this.starts.set(this.keys[chain.first], chain);
    this.ends.set(this.keys[chain.last], chain);
  }

  /** Add a segment between two different points; points of the same key are at the same place. */
  add(key: number, y: number, x: number, nextKey: number, nextY: number, nextX: number): void {
    const { starts, ends, nexts, chains } = this;
    const tail = starts.get(nextKey);
    const head = ends.get(key);
    if (tail) starts.delete(nextKey);
    if (head) ends.delete(key);
    if (head && tail && head !== tail) {
      nexts[head.last] = tail.first;
      const [older, younger] = head.number < tail.number ? [head, tail] : [tail, head];
      [older.first, older.last] = [head.first, tail.last];
      chains[younger.number] = undefined;
      this.register(older);
    } else if (head) {
      const last = this.point(nextKey, nextY, nextX);
      nexts[head.last] = last;
      head.last = last;
      // A closed line doesn't grow.
      if (!tail) ends.set(nextKey, head);
    } else if (tail) {
      const first = this.point(key, y, x);
      nexts[first] = tail.first;
      tail.first = first;
      starts.set(key, tail);
    } else {
      const first = this.point(key, y, x);
      const last = this.point(nextKey, nextY, nextX);
      nexts[first] = last;
      const chain = { number: chains.length, first, last };
      chains.push(chain);
      this.register(chain);
    }
  }

  /** The coordinates `y, x` of each line's points, one after the other. */
  lines(): Float64Array[] {
    const { chains, nexts, ys, xs } = this;
    return chains.flatMap((chain) => {
      if (!chain) return [];
      const coordinates: number[] = [];
      for (let point = chain.first; point >= 0; point = nexts[point]) coordinates.push(ys[point], xs[point]);
      return [Float64Array.from(coordinates)];
    });
  }
}
