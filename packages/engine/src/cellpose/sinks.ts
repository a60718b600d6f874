const REACH = 5;
const SIDE = 2 * REACH + 1;

/** Pixels where more than ten paths end, and at least as many as anywhere within two pixels; fewest first. */
function findSeeds(counts: Int32Array, height: number, width: number): number[] {
  const seeds: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const count = counts[y * width + x];
      if (count > 10 && isPeak(counts, height, width, y, x, count)) seeds.push(y * width + x);
    }
  }
  return seeds.sort((a, b) => counts[a] - counts[b] || a - b);
}

function isPeak(
  counts: Int32Array,
  height: number,
  width: number,
  y: number,
  x: number,
  count: number,
): boolean {
  const [top, bottom] = [Math.max(0, y - 2), Math.min(height - 1, y + 2)];
  const [left, right] = [Math.max(0, x - 2), Math.min(width - 1, x + 2)];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) if (counts[row * width + column] > count) return false;
  }
  return true;
}

/** Mark what is connected to a seed within five pixels, over pixels where more than two paths end. */
function growSeed(
  sinks: Int32Array,
  counts: Int32Array,
  height: number,
  width: number,
  seed: number,
  label: number,
): void {
  const top = ((seed / width) | 0) - REACH;
  const left = (seed % width) - REACH;
  const reached = new Uint8Array(SIDE * SIDE);
  let front = [REACH * SIDE + REACH];
  reached[front[0]] = 1;
  for (let step = 0; step < REACH && front.length > 0; step++) {
    const next: number[] = [];
    for (const cell of front) {
      const [row, column] = [(cell / SIDE) | 0, cell % SIDE];
      for (let i = Math.max(0, row - 1); i <= Math.min(SIDE - 1, row + 1); i++) {
        for (let j = Math.max(0, column - 1); j <= Math.min(SIDE - 1, column + 1); j++) {
          const [y, x] = [top + i, left + j];
          if (reached[i * SIDE + j] || y < 0 || y >= height || x < 0 || x >= width) continue;
          if (counts[y * width + x] <= 2) continue;
          reached[i * SIDE + j] = 1;
          next.push(i * SIDE + j);
        }
      }
    }
    front = next;
  }
  for (let cell = 0; cell < reached.length; cell++) {
    if (reached[cell]) sinks[(top + ((cell / SIDE) | 0)) * width + left + (cell % SIDE)] = label;
  }
}

/**
 * Group pixels by the sink that their paths end in (cellpose's `get_masks_torch`): the sinks with more paths
 * overwrite those with fewer.
 *
 * @param foreground the pixels that paths start from
 * @param ends where each path ends
 * @returns `[y, x]` labels, 0 where no sink was reached
 */
export function labelSinks(
  foreground: Int32Array,
  ends: Int32Array,
  height: number,
  width: number,
): Int32Array {
  const counts = new Int32Array(height * width);
  for (const end of ends) counts[end]++;
  const sinks = new Int32Array(height * width);
  const seeds = findSeeds(counts, height, width);
  for (let index = 0; index < seeds.length; index++)
    growSeed(sinks, counts, height, width, seeds[index], index + 1);
  const labels = new Int32Array(height * width);
  for (let start = 0; start < foreground.length; start++) labels[foreground[start]] = sinks[ends[start]];
  return labels;
}
