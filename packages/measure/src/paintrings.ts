import type { Ring } from "./labelpolygons";

/** Where a row's middle line goes into and out of rings, ascending. */
function crossings(rings: readonly Ring[], y: number): number[] {
  const found: number[] = [];
  for (const ring of rings) {
    for (let i = 0, before = ring.length - 1; i < ring.length; before = i++) {
      const [[y0, x0], [y1, x1]] = [ring[before], ring[i]];
      if (y0 <= y !== y1 <= y) found.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
    }
  }
  return found.sort((a, b) => a - b);
}

/**
 * Paint the pixels whose middle an odd number of rings goes around.
 *
 * @param image `[y, x]`, of that width; written to
 */
export function paintRings(rings: readonly Ring[], label: number, image: Int32Array, width: number): void {
  let [top, bottom] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [y] of rings.flat()) [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  const last = Math.min(image.length / width, Math.ceil(bottom - 0.5));
  for (let row = Math.max(0, Math.ceil(top - 0.5)); row < last; row++) {
    const ends = crossings(rings, row + 0.5);
    for (let i = 0; i + 1 < ends.length; i += 2) {
      const [first, end] = [ends[i], ends[i + 1]].map((x) =>
        Math.min(width, Math.max(0, Math.ceil(x - 0.5))),
      );
      image.fill(label, row * width + first, row * width + end);
    }
  }
}
