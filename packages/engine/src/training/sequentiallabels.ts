/**
 * Renumber labels 1 .. n without gaps, in ascending order.
 *
 * @param labels values below 1 are background; not modified
 * @returns a new array, and n
 */
export function sequentialLabels(labels: Int32Array): { labels: Int32Array; count: number } {
  const seen = new Set<number>();
  let last = 0;
  for (const label of labels) {
    if (label === last) continue;
    last = label;
    if (label > 0) seen.add(label);
  }
  const numbers = new Map(Array.from(Int32Array.from(seen).sort(), (label, index) => [label, index + 1]));
  const result = new Int32Array(labels.length);
  for (let pixel = 0, number = 0, before = 0; pixel < labels.length; pixel++) {
    const label = labels[pixel];
    if (label !== before) {
      before = label;
      number = numbers.get(label) ?? 0;
    }
    result[pixel] = number;
  }
  return { labels: result, count: numbers.size };
}
