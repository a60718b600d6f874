import { CLOSED } from "./closed";
import { LevelHeap } from "./levelheap";
import { LevelQueue } from "./levelqueue";
import { levelCount } from "./levels";

function touchesOpen(pixel: number, labels: Int32Array, steps: Int32Array): boolean {
  for (let i = 0; i < steps.length; i++) if (labels[pixel + steps[i]] === 0) return true;
  return false;
}

/**
 * The highest level on which seeds of two labels can grow, -1 if there is none. Above it the order of equal seeds is of no
 * account: those of one label come in a row, and so does what they reach, whatever the order within.
 */
function lastTie(levels: Int32Array, labels: Int32Array, steps: Int32Array): number {
  const labelAt = new Int32Array(levelCount(levels.length));
  let last = -1;
  for (let pixel = 0; pixel < labels.length; pixel++) {
    const label = labels[pixel];
    const level = levels[pixel];
    if (label === 0 || label === CLOSED || level <= last || !touchesOpen(pixel, labels, steps)) continue;
    if (labelAt[level] === 0) labelAt[level] = label;
    else if (labelAt[level] !== label) last = level;
  }
  return last;
}

/**
 * Grow labels to where 0 is, the lowest pixels first, where levels stand for the values.
 *
 * Which of equal seeds is first depends on where scikit-image's heap has put them, and it with all pixels. So the heap is
 * kept up to the last tie; but of a pixel that comes after it only the place counts there, and it waits in a queue, which
 * needs no comparisons. What is known of a pixel is one number, as each is somewhere else in memory: the number of the
 * seed that reached it, 0 if it is closed, or else its level, inverted.
 *
 * @param levels of a framed image; they are overwritten
 * @param labels the frame closed; they grow in place
 * @param steps to a pixel's neighbours
 */
export function growLevelBasins(levels: Int32Array, labels: Int32Array, steps: Int32Array): void {
  const last = lastTie(levels, labels, steps);
  const heap = new LevelHeap(labels.length);
  const queue = new LevelQueue(levelCount(levels.length));
  const seeds = [0];
  for (let pixel = 0; pixel < labels.length; pixel++) {
    const level = levels[pixel];
    if (labels[pixel] === CLOSED) levels[pixel] = 0;
    else if (labels[pixel] === 0) levels[pixel] = ~level;
    else {
      levels[pixel] = seeds.length;
      seeds.push(pixel);
      if (level <= last) heap.seed(level, pixel);
      else {
        heap.hold();
        queue.push(level, pixel);
      }
    }
  }
  while (!heap.isOver) {
    const pixel = heap.pop();
    const { level } = heap;
    const seed = levels[pixel];
    for (let i = 0; i < steps.length; i++) {
      const neighbour = pixel + steps[i];
      const own = ~levels[neighbour];
      if (own < 0) continue;
      levels[neighbour] = seed;
      // Water that has risen over a ridge stands as high behind it.
      const height = own > level ? own : level;
      if (height < last) heap.push(height, neighbour);
      else {
        heap.hold();
        queue.push(height, neighbour);
      }
    }
  }
  for (let pixel = queue.pop(); pixel >= 0; pixel = queue.pop()) {
    const { level } = queue;
    const seed = levels[pixel];
    for (let i = 0; i < steps.length; i++) {
      const neighbour = pixel + steps[i];
      const own = ~levels[neighbour];
      if (own < 0) continue;
      levels[neighbour] = seed;
      queue.push(own > level ? own : level, neighbour);
    }
  }
  for (let pixel = 0; pixel < labels.length; pixel++) {
    if (levels[pixel] > 0) labels[pixel] = labels[seeds[levels[pixel]]];
  }
}
