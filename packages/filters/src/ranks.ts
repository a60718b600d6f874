/** The values of an image by their order. */
export interface Ranks {
  /** For each pixel how many different values are smaller. */
  readonly ranks: Int32Array;
  /** The different values, ascending. */
  readonly values: Float64Array;
}

// Integers within this range are their own ranks.
const DENSE = 1 << 16;

const DIGIT = 11;
const BUCKETS = 1 << DIGIT;

/** Rank an image's values without sorting them; undefined unless they are whole numbers in a small range. */
export function denseRanks(data: Float64Array): Ranks | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (value !== Math.floor(value)) return undefined;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(high - low < DENSE)) return undefined;
  const ranks = new Int32Array(data.length);
  for (let i = 0; i < ranks.length; i++) ranks[i] = data[i] - low;
  return { ranks, values: Float64Array.from({ length: high - low + 1 }, (_, rank) => low + rank) };
}

/** Keys that sort as unsigned integers like the floats do, as low and high halves. */
function sortKeys(data: Float64Array): Uint32Array {
  const halves = new Uint32Array(data.slice().buffer);
  for (let i = 0; i < halves.length; i += 2) {
    // -0 equals 0.
    if (halves[i] === 0 && halves[i + 1] === 0x80000000) halves[i + 1] = 0;
    const isNegative = halves[i + 1] >>> 31 === 1;
    if (isNegative) halves[i] = ~halves[i];
    halves[i + 1] = isNegative ? ~halves[i + 1] : halves[i + 1] | 0x80000000;
  }
  return halves;
}

/** The pixels in ascending order of their values, stable: a radix sort by digits of 11 bits. */
export function argsort(data: Float64Array): Int32Array {
  const keys = sortKeys(data);
  const { length } = data;
  let order = new Int32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  let other = new Int32Array(length);
  const starts = new Int32Array(BUCKETS);
  for (const half of [0, 1]) {
    for (let shift = 0; shift < 32; shift += DIGIT) {
      starts.fill(0);
      for (let i = 0; i < length; i++) starts[(keys[2 * i + half] >>> shift) & (BUCKETS - 1)]++;
      if (starts[(keys[half] >>> shift) & (BUCKETS - 1)] === length) continue;
      for (let bucket = 0, start = 0; bucket < BUCKETS; bucket++) {
        const count = starts[bucket];
        starts[bucket] = start;
        start += count;
      }
      for (let i = 0; i < length; i++) {
        const pixel = order[i];
        other[starts[(keys[2 * pixel + half] >>> shift) & (BUCKETS - 1)]++] = pixel;
      }
      [order, other] = [other, order];
    }
  }
  return order;
}

/** Rank an image's values; NaN is the largest. */
export function rankValues(data: Float64Array): Ranks {
  const dense = denseRanks(data);
  if (dense) return dense;
  const order = argsort(data);
  const ranks = new Int32Array(data.length);
  const values = new Float64Array(data.length);
  let count = 0;
  for (let i = 0; i < order.length; i++) {
    const value = data[order[i]];
    if (
      i === 0 ||
      (value !== values[count - 1] && !(Number.isNaN(value) && Number.isNaN(values[count - 1])))
    ) {
      values[count++] = value;
    }
    ranks[order[i]] = count - 1;
  }
  return { ranks, values: values.slice(0, count) };
}
