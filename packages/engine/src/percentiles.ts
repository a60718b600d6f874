const BINS = 65536;

/** Bits of a float32 as an integer that sorts like the number. */
const sortable = (bits: number): number => (bits & 0x80000000 ? ~bits : bits | 0x80000000) >>> 0;

/** The number whose sortable bits these are. */
function numberOf(key: number): number {
  const bits = key & 0x80000000 ? key & 0x7fffffff : ~key;
  return new Float32Array(Uint32Array.of(bits >>> 0).buffer)[0];
}

/** Where in a histogram the element of a rank lies: its bin, and its rank within the bin. */
function locate(histogram: Uint32Array, rank: number): { bin: number; within: number } {
  let below = 0;
  for (let bin = 0; bin < BINS; bin++) {
    if (rank < below + histogram[bin]) return { bin, within: rank - below };
    below += histogram[bin];
  }
  return { bin: BINS - 1, within: 0 };
}

/** Elements of given ranks (0 = the least) of the finite values, and how many those are, in time linear in the size. */
class FiniteRanks {
  readonly count: number;
  private readonly upper = new Uint32Array(BINS);
  private readonly keys: Uint32Array;

  constructor(values: Float32Array) {
    this.keys = new Uint32Array(values.buffer, values.byteOffset, values.length);
    let count = 0;
    for (const bits of this.keys) {
      // All exponent bits: NaN or an infinity.
      if ((bits & 0x7f800000) === 0x7f800000) continue;
      this.upper[sortable(bits) >>> 16]++;
      count++;
    }
    this.count = count;
  }

  at(ranks: readonly number[]): number[] {
    const places = ranks.map((rank) => locate(this.upper, rank));
    const lower = new Map(places.map(({ bin }) => [bin, new Uint32Array(BINS)]));
    for (const bits of this.keys) {
      const key = sortable(bits);
      const histogram = lower.get(key >>> 16);
      if (histogram !== undefined) histogram[key & 0xffff]++;
    }
    return places.map(({ bin, within }) => {
      const histogram = lower.get(bin);
      return histogram === undefined ? Number.NaN : numberOf(bin * BINS + locate(histogram, within).bin);
    });
  }
}

/**
 * Percentiles of the finite values, linearly interpolated between neighbours as numpy does; exact, by two passes of a
 * radix selection.
 *
 * @param values float32; not modified
 * @param percents 0 to 100
 * @returns as many; 0 where no value is finite
 */
export function percentiles(values: Float32Array, percents: readonly number[]): number[] {
  const ranks = new FiniteRanks(values);
  if (ranks.count === 0) return percents.map(() => 0);
  const positions = percents.map((percent) => (percent / 100) * (ranks.count - 1));
  const wanted = positions.flatMap((position) => [Math.floor(position), Math.ceil(position)]);
  const found = ranks.at(wanted);
  return positions.map((position, index) => {
    const [below, above] = [found[2 * index], found[2 * index + 1]];
    return below + (above - below) * (position - Math.floor(position));
  });
}
