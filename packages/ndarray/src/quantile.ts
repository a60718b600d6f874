/**
 * A quantile of sorted numbers, between two of them by proportion, as `numpy.percentile` and pandas have it.
 *
 * @param sorted ascending, at least one
 * @param fraction from 0 to 1
 */
export function quantileOf(sorted: ArrayLike<number>, fraction: number): number {
  const place = fraction * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low === high ? low : low + (place % 1) * (high - low);
}
