const BITS = 11;
const BUCKETS = 1 << BITS;

/**
 * The order from the greatest value to the least, of equal ones the first before the others.
 *
 * @param values not NaN; not modified
 * @returns indices into `values`
 */
export function descendingOrder(values: Float32Array): Int32Array {
  const count = values.length;
  const keys = new Uint32Array(values.slice().buffer);
  // Bits that compare as numbers do, the other way round: positive ones reversed, negative ones above them.
  for (let i = 0; i < count; i++) keys[i] = keys[i] >>> 31 ? keys[i] : ~keys[i] & 0x7fffffff;
  let order = Int32Array.from({ length: count }, (_, index) => index);
  let sorted = new Int32Array(count);
  for (let shift = 0; shift < 32; shift += BITS) {
    const starts = new Int32Array(BUCKETS + 1);
    for (let i = 0; i < count; i++) starts[((keys[i] >>> shift) & (BUCKETS - 1)) + 1]++;
    for (let bucket = 0; bucket < BUCKETS; bucket++) starts[bucket + 1] += starts[bucket];
    for (let i = 0; i < count; i++) sorted[starts[(keys[order[i]] >>> shift) & (BUCKETS - 1)]++] = order[i];
    [order, sorted] = [sorted, order];
  }
  return order;
}
