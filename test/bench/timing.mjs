/** Median of numbers. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Milliseconds of each of `runs` runs, after one that warms up and doesn't count. */
export async function timed(work, runs = 7) {
  await work();
  const milliseconds = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await work();
    milliseconds.push(performance.now() - started);
  }
  return milliseconds;
}

/** Milliseconds as text, e.g. `12.3 ms`. */
export const ms = (value) => `${value < 100 ? value.toFixed(1) : value.toFixed(0)} ms`;
