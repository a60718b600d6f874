/** At most this many values are sorted; more are sampled evenly. */
const SAMPLE_SIZE = 100_000;

/**
 * The quantiles of one channel of interleaved values, by nearest rank.
 *
 * Exact for 8- and 16-bit integers; of other types a regular sample of 100,000 is taken, whose ranks are
 * right to about 0.1 percent. Values that are not finite are left out.
 *
 * @returns quantile for a fraction from 0 to 1; NaN when no value is finite
 */
export function quantiles(
  values: ArrayLike<number>,
  channel = 0,
  channels = 1,
): (fraction: number) => number {
  if (values instanceof Uint8Array || values instanceof Uint16Array)
    return counted(values, channel, channels);
  const available = Math.ceil((values.length - channel) / channels);
  let stride = Math.max(1, Math.floor(available / SAMPLE_SIZE));
  // An even stride could keep step with the rows of an image and see a few of its columns only.
  if (stride > 1 && stride % 2 === 0) stride++;
  const sample = new Float64Array(Math.ceil(available / stride));
  let size = 0;
  for (let i = channel; i < values.length; i += stride * channels) {
    const value = values[i]!;
    if (Number.isFinite(value)) sample[size++] = value;
  }
  const sorted = sample.subarray(0, size).sort();
  return (fraction) => (size === 0 ? Number.NaN : sorted[rank(fraction, size)]!);
}

function counted(
  values: Uint8Array | Uint16Array,
  channel: number,
  channels: number,
): (fraction: number) => number {
  const counts = new Uint32Array(values instanceof Uint8Array ? 256 : 65536);
  for (let i = channel; i < values.length; i += channels) counts[values[i]!]!++;
  const size = Math.ceil((values.length - channel) / channels);
  return (fraction) => {
    const wanted = rank(fraction, size);
    let below = 0;
    for (let value = 0; value < counts.length; value++) {
      below += counts[value]!;
      if (below > wanted) return value;
    }
    return Number.NaN;
  };
}

function rank(fraction: number, size: number): number {
  return Math.min(size - 1, Math.max(0, Math.ceil(fraction * size) - 1));
}
