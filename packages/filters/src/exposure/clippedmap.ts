/** Spread what is above the limit over the bins below it; the counts are changed. */
function clip(counts: Float64Array, limit: number): void {
  let excess = 0;
  for (const count of counts) if (count > limit) excess += count - limit;
  const share = Math.floor(excess / counts.length);
  const upper = limit - share;
  for (let bin = 0; bin < counts.length; bin++) {
    if (counts[bin] >= limit) counts[bin] = limit;
    else if (counts[bin] < upper) {
      counts[bin] += share;
      excess -= share;
    } else {
      excess -= limit - counts[bin];
      counts[bin] = limit;
    }
  }
  // What is left goes to bins one by one, evenly apart.
  for (let before = -1; excess > 0 && before !== excess; ) {
    before = excess;
    for (let first = 0; first < counts.length && excess > 0; first++) {
      let open = 0;
      for (const count of counts) if (count < limit) open++;
      const step = Math.max(1, Math.floor(open / excess));
      for (let bin = first; bin < counts.length; bin += step) {
        if (counts[bin] >= limit) continue;
        counts[bin]++;
        excess--;
      }
    }
  }
}

/**
 * What the values of a block become: running sums of its histogram, none of whose bins is above a limit.
 *
 * @param counts the block's histogram; changed
 * @param most the largest value
 * @param size pixels of the block
 */
export function clippedMap(counts: Float64Array, limit: number, most: number, size: number): Float64Array {
  clip(counts, limit);
  let sum = 0;
  return counts.map((count) => {
    sum += count;
    return Math.trunc(Math.min(most, sum * (most / size)));
  });
}
