import type { TypedArray } from "@bioengine/ndarray";

const BINS = 65536;
const BLOCK = 65536;

/** Elements that are numbers. */
export type NumberArray = Exclude<TypedArray, BigInt64Array | BigUint64Array>;

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

/** The bits of the values as float32, a block at a time in the same memory. */
function* blocksOf(values: NumberArray): Generator<Uint32Array> {
  const numbers = new Float32Array(Math.min(BLOCK, values.length));
  const bits = new Uint32Array(numbers.buffer);
  for (let start = 0; start < values.length; start += BLOCK) {
    const block = values.subarray(start, start + BLOCK);
    numbers.set(block);
    yield bits.subarray(0, block.length);
  }
}

/** Elements of given ranks (0 = the least) of the finite values, and how many those are, in time linear in the size. */
class FiniteRanks {
  readonly count: number;
  private readonly upper = new Uint32Array(BINS);

  constructor(private readonly values: NumberArray) {
    let count = 0;
    for (const block of blocksOf(values)) {
      for (const bits of block) {
        // All exponent bits: NaN or an infinity.
        if ((bits & 0x7f800000) === 0x7f800000) continue;
        this.upper[sortable(bits) >>> 16]++;
        count++;
      }
    }
    this.count = count;
  }

  at(ranks: readonly number[]): number[] {
    const places = ranks.map((rank) => locate(this.upper, rank));
    const lower = new Map(places.map(({ bin }) => [bin, new Uint32Array(BINS)]));
    for (const block of blocksOf(this.values)) {
      for (const bits of block) {
        const key = sortable(bits);
        const histogram = lower.get(key >>> 16);
        if (histogram !== undefined) histogram[key & 0xffff]++;
      }
    }
    return places.map(({ bin, within }) => {
      const histogram = lower.get(bin);
      return histogram === undefined ? Number.NaN : numberOf(bin * BINS + locate(histogram, within).bin);
    });
  }
}

/**
 * Percentiles of the finite values, linearly interpolated between neighbours as numpy does, the values taken as
 * float32; by two passes of a radix selection.
 *
 * @param values not modified
 * @param percents 0 to 100
 * @returns as many; 0 where no value is finite
 */
export function percentiles(values: NumberArray, percents: readonly number[]): number[] {
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
