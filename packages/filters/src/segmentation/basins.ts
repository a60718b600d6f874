import { CLOSED } from "./closed";
import { growLevelBasins } from "./levelbasins";
import { levelsOf } from "./levels";
import { PixelQueue } from "./pixelqueue";

function seededQueue(values: Float64Array, labels: Int32Array): PixelQueue {
  const queue = new PixelQueue();
  for (let pixel = 0; pixel < labels.length; pixel++) {
    if (labels[pixel] !== 0 && labels[pixel] !== CLOSED) queue.seed(values[pixel], pixel);
  }
  return queue;
}

/**
 * Grow labels to where 0 is, the lowest pixels first.
 *
 * @param labels of a framed image, the frame closed; they grow in place
 * @param steps to a pixel's neighbours
 */
export function growBasins(values: Float64Array, labels: Int32Array, steps: Int32Array): void {
  const levels = levelsOf(values, labels);
  if (levels) {
    growLevelBasins(levels, labels, steps);
    return;
  }
  const queue = seededQueue(values, labels);
  while (queue.length > 0) {
    const pixel = queue.pop();
    const { value } = queue;
    const label = labels[pixel];
    for (let i = 0; i < steps.length; i++) {
      const neighbour = pixel + steps[i];
      if (labels[neighbour] !== 0) continue;
      labels[neighbour] = label;
      // Water that has risen over a ridge stands as high behind it.
      queue.push(values[neighbour] > value ? values[neighbour] : value, neighbour);
    }
  }
}

/** Whether a pixel that a label reaches has a neighbour of another one; those on a line don't count. */
function touchesOther(
  label: number,
  labels: Int32Array,
  lines: Uint8Array,
  pixel: number,
  steps: Int32Array,
): boolean {
  for (let i = 0; i < steps.length; i++) {
    const neighbour = pixel + steps[i];
    const other = labels[neighbour];
    if (other !== 0 && other !== CLOSED && other !== label && lines[neighbour] === 0) return true;
  }
  return false;
}

/**
 * Grow labels as `growBasins` does, but leave a line of 0 between them: a pixel is decided on only in its turn, as by
 * then it may have come to lie between two labels.
 */
export function growPartedBasins(values: Float64Array, labels: Int32Array, steps: Int32Array): void {
  const queue = seededQueue(values, labels);
  // Of each pushed pixel, by its age.
  const reaching = [0];
  const lines = new Uint8Array(labels.length);
  while (queue.length > 0) {
    const pixel = queue.pop();
    const { age, value } = queue;
    if (labels[pixel] !== 0 && age > 0) continue;
    const label = age === 0 ? labels[pixel] : reaching[age];
    if (touchesOther(label, labels, lines, pixel, steps)) lines[pixel] = 1;
    if (lines[pixel] === 0) labels[pixel] = label;
    // As in scikit-image, a label grows on behind a line, so that no pixel beside lines only stays without one.
    for (let i = 0; i < steps.length; i++) {
      const neighbour = pixel + steps[i];
      if (labels[neighbour] !== 0 || lines[neighbour] === 1) continue;
      reaching.push(label);
      queue.push(Math.max(value, values[neighbour]), neighbour);
    }
  }
}

/**
 * Grow labels as `growBasins` does, but make pixels higher the farther they are from a label's own: again decided on only
 * in turn, as the way from another marker may be lower.
 *
 * @param rise how much higher a pixel is for a label that came from `source`
 * @param watershedLine set pixels that touch another label in their turn to 0 in the end
 */
export function growCompactBasins(
  values: Float64Array,
  labels: Int32Array,
  steps: Int32Array,
  rise: (pixel: number, source: number) => number,
  watershedLine: boolean,
): void {
  const queue = seededQueue(values, labels);
  // Of each pushed pixel, by its age, the marker's pixel that it comes from.
  const sources = [0];
  const lines = new Uint8Array(labels.length);
  while (queue.length > 0) {
    const pixel = queue.pop();
    const { age, value } = queue;
    if (labels[pixel] !== 0 && age > 0) continue;
    const source = age === 0 ? pixel : sources[age];
    const label = labels[source];
    labels[pixel] = label;
    if (watershedLine && age > 0 && touchesOther(label, labels, lines, pixel, steps)) lines[pixel] = 1;
    for (let i = 0; i < steps.length; i++) {
      const neighbour = pixel + steps[i];
      if (labels[neighbour] !== 0) continue;
      sources.push(source);
      queue.push(Math.max(value, values[neighbour] + rise(neighbour, source)), neighbour);
    }
  }
  for (let pixel = 0; pixel < lines.length; pixel++) if (lines[pixel] === 1) labels[pixel] = 0;
}
