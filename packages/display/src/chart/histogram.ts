/** Counts of values in bins of equal width. */
export interface Bins {
  /** Left edges and, last, the right edge of the last bin. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** Equal bins from the smallest to the largest value, as `numpy.histogram(values, bins)` makes them. */
export function equalBins(values: Float64Array, bins: number): Bins {
  let [low, high] = extent(values);
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  return binned(
    values,
    Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins),
  );
}

/**
 * Bins of a round width near the one that Freedman and Diaconis (1981) propose, 5 to 50 of them; integers get
 * whole widths.
 */
export function roundBins(values: Float64Array): Bins {
  const sorted = values.slice().sort();
  const [low, high] = extent(values);
  const quartile = (fraction: number) => sorted[Math.round(fraction * (sorted.length - 1))] ?? 0;
  const proposed = (2 * (quartile(0.75) - quartile(0.25))) / Math.cbrt(sorted.length);
  const range = high - low || 1;
  const width = Math.min(range / 5, Math.max(range / 50, proposed || range / 20));
  const whole = values.every(Number.isInteger);
  const step = roundStep(whole ? Math.max(1, width) : width);
  const first = Math.floor(low / step);
  const bins = Math.max(1, Math.floor(high / step) - first + 1);
  // Multiples of a step such as 0.1 pick up noise in the last digit.
  return binned(
    values,
    Array.from({ length: bins + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12))),
  );
}

/** The smallest of 1, 2, 5, 10, … times a power of ten that is at least `width`. */
export function roundStep(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width) + 1e-9);
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= width * (1 - 1e-9)) ?? 10;
  return Number((factor * power).toPrecision(12));
}

/** How many of the values are in each bin; they must be between the first edge and the last. */
export function binned(values: Float64Array, edges: readonly number[]): Bins {
  const bins = edges.length - 1;
  const [low, high] = [edges[0]!, edges[bins]!];
  const counts = Array<number>(bins).fill(0);
  for (const value of values) {
    let bin = Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins));
    // The division may round a value across an edge.
    if (value < edges[bin]!) bin--;
    else if (bin < bins - 1 && value >= edges[bin + 1]!) bin++;
    counts[bin]!++;
  }
  return { edges, counts };
}

function extent(values: Float64Array): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return values.length > 0 ? [low, high] : [0, 1];
}
