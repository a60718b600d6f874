import type { Ring } from "./labelpolygons";

/** For each row where its middle line goes into and out of rings, ascending. */
function crossings(rings: readonly Ring[], height: number): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const ring of rings) {
    for (let i = 0, before = ring.length - 1; i < ring.length; before = i++) {
      const [[y0, x0], [y1, x1]] = [ring[before], ring[i]];
      const last = Math.min(height, Math.ceil(Math.max(y0, y1) - 0.5));
      for (let row = Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5)); row < last; row++) {
        const x = x0 + ((row + 0.5 - y0) / (y1 - y0)) * (x1 - x0);
        const ends = found.get(row);
        if (ends) ends.push(x);
        else found.set(row, [x]);
      }
    }
  }
  for (const ends of found.values()) ends.sort((a, b) => a - b);
  return found;
}

/**
 * Paint the pixels whose middle an odd number of rings goes around.
 *
 * @param image `[y, x]`, of that width; written to
 */
export function paintRings(rings: readonly Ring[], label: number, image: Int32Array, width: number): void {
  for (const [row, ends] of crossings(rings, image.length / width)) {
    for (let i = 0; i + 1 < ends.length; i += 2) {
      const [first, end] = [ends[i], ends[i + 1]].map((x) =>
        Math.min(width, Math.max(0, Math.ceil(x - 0.5))),
      );
      image.fill(label, row * width + first, row * width + end);
    }
  }
}
