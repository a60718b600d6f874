/** Bounding boxes (stops exclusive) and pixel counts of labels 1 .. count; index 0 is unused. */
export interface Extents {
  readonly top: Int32Array;
  readonly left: Int32Array;
  readonly bottom: Int32Array;
  readonly right: Int32Array;
  readonly area: Int32Array;
}

/** Measure where each label lies. */
export function extentsOf(labels: Int32Array, height: number, width: number, count: number): Extents {
  const top = new Int32Array(count + 1).fill(height);
  const left = new Int32Array(count + 1).fill(width);
  const [bottom, right, area] = [
    new Int32Array(count + 1),
    new Int32Array(count + 1),
    new Int32Array(count + 1),
  ];
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const label = labels[pixel];
      if (label === 0) continue;
      area[label]++;
      if (y < top[label]) top[label] = y;
      if (y >= bottom[label]) bottom[label] = y + 1;
      if (x < left[label]) left[label] = x;
      if (x >= right[label]) right[label] = x + 1;
    }
  }
  return { top, left, bottom, right, area };
}

/** Largest label. */
export function maximumLabel(labels: Int32Array): number {
  let maximum = 0;
  for (let pixel = 0; pixel < labels.length; pixel++) if (labels[pixel] > maximum) maximum = labels[pixel];
  return maximum;
}

/**
 * Renumber the labels 1 .. n in order, without those whose size is out of range; in place.
 *
 * @returns n
 */
export function keepSizes(
  labels: Int32Array,
  smallest: number,
  largest: number = Number.POSITIVE_INFINITY,
): number {
  const areas = new Int32Array(maximumLabel(labels) + 1);
  for (let pixel = 0; pixel < labels.length; pixel++) areas[labels[pixel]]++;
  const renumbered = new Int32Array(areas.length);
  let count = 0;
  for (let label = 1; label < areas.length; label++) {
    if (areas[label] > 0 && areas[label] >= smallest && areas[label] <= largest) renumbered[label] = ++count;
  }
  for (let pixel = 0; pixel < labels.length; pixel++) labels[pixel] = renumbered[labels[pixel]];
  return count;
}
