/** Where a blob is, and its standard deviations: one, or one for each axis. */
export interface Blob {
  readonly place: readonly number[];
  readonly sigmas: readonly number[];
}

/** The share of a disk that is in another one, whose middle is at a distance. */
function diskOverlap(distance: number, radius: number, other: number): number {
  const angle = (near: number, far: number): number => {
    const cosine = (distance ** 2 + near ** 2 - far ** 2) / (2 * distance * near);
    return Math.acos(Math.min(Math.max(cosine, -1), 1));
  };
  const sum = radius + other;
  const kite =
    (sum - distance) * (distance + radius - other) * (distance - radius + other) * (sum + distance);
  const lens =
    radius ** 2 * angle(radius, other) + other ** 2 * angle(other, radius) - Math.sqrt(Math.abs(kite)) / 2;
  return lens / (Math.PI * Math.min(radius, other) ** 2);
}

/** The share of a ball that is in another one. */
function ballOverlap(distance: number, radius: number, other: number): number {
  const sum = radius + other;
  const rest = distance ** 2 + 2 * distance * sum - 3 * (radius ** 2 + other ** 2) + 6 * radius * other;
  const lens = (Math.PI / (12 * distance)) * (sum - distance) ** 2 * rest;
  return lens / ((4 / 3) * Math.PI * Math.min(radius, other) ** 3);
}

/** The share of the smaller blob that is in the larger one, whose radius is √2 (in 3-D √3) standard deviations. */
function overlapOf(large: Blob, small: Blob): number {
  const axes = large.place.length;
  const ratio = small.sigmas[small.sigmas.length - 1] / large.sigmas[large.sigmas.length - 1];
  // In units of the larger one's radius.
  let square = 0;
  for (let axis = 0; axis < axes; axis++) {
    const sigma = large.sigmas[large.sigmas.length > 1 ? axis : 0];
    square += ((large.place[axis] - small.place[axis]) / sigma) ** 2;
  }
  const distance = Math.sqrt(square / axes);
  if (distance > 1 + ratio) return 0;
  if (distance <= 1 - ratio) return 1;
  return axes === 2 ? diskOverlap(distance, 1, ratio) : ballOverlap(distance, 1, ratio);
}

/** The index of the first of ascending numbers that is at least a number. */
function firstFrom(ascending: Float64Array, least: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Leave out blobs that are in larger ones by more than a share of theirs. The largest come first, and what they leave
 * out leaves out no others.
 *
 * @param blobs the clearest first; of equally large ones the later stays, as in scikit-image
 */
export function withoutOverlaps(blobs: readonly Blob[], overlap: number): Blob[] {
  const sizes = blobs.map(({ sigmas }) => sigmas[sigmas.length - 1]);
  const order = Array.from(blobs.keys()).sort((a, b) => sizes[b] - sizes[a] || b - a);
  const ranks = new Int32Array(blobs.length);
  order.forEach((blob, rank) => {
    ranks[blob] = rank;
  });
  // Along the first axis, as blobs that are far apart there don't overlap.
  const along = Array.from(blobs.keys()).sort((a, b) => blobs[a].place[0] - blobs[b].place[0]);
  const positions = Float64Array.from(along, (blob) => blobs[blob].place[0]);
  const isLeftOut = new Uint8Array(blobs.length);
  for (const large of order) {
    if (isLeftOut[large]) continue;
    const { place, sigmas } = blobs[large];
    const reach = 2 * sigmas[0] * Math.sqrt(place.length);
    for (let at = firstFrom(positions, place[0] - reach); positions[at] <= place[0] + reach; at++) {
      const small = along[at];
      if (ranks[small] <= ranks[large] || isLeftOut[small]) continue;
      if (overlapOf(blobs[large], blobs[small]) > overlap) isLeftOut[small] = 1;
    }
  }
  return blobs.filter((_, blob) => !isLeftOut[blob]);
}
