import { sequentialLabels } from "./sequentiallabels";

/** Squared distance that stands for "no other label this way". */
const FAR = 2 ** 30;

/** Labels, and whether what is beyond the image counts as another label. */
interface Objects {
  readonly labels: Int32Array;
  readonly width: number;
  readonly isFramed: boolean;
}

/** In each pixel of an object the squared distance, along its row, to the nearest pixel of another label. */
function alongRows({ labels, width, isFramed }: Objects): Int32Array {
  const squares = new Int32Array(labels.length);
  for (let start = 0; start < labels.length; ) {
    const rowStart = start - (start % width);
    const rowStop = rowStart + width;
    let stop = start + 1;
    while (stop < rowStop && labels[stop] === labels[start]) stop++;
    const [endsLeft, endsRight] = [isFramed || start > rowStart, isFramed || stop < rowStop];
    for (let pixel = start; labels[start] > 0 && pixel < stop; pixel++) {
      const before = endsLeft ? (pixel - start + 1) ** 2 : FAR;
      const after = endsRight ? (stop - pixel) ** 2 : FAR;
      squares[pixel] = Math.min(before, after, FAR);
    }
    start = stop;
  }
  return squares;
}

/** The least over a pixel's column: it looks up and down until the way alone is longer than what it has found. */
function alongColumn({ labels, width, isFramed }: Objects, squares: Int32Array, pixel: number): number {
  let least = squares[pixel];
  for (let step = -width; step <= width; step += 2 * width) {
    for (let away = 1, other = pixel + step; away * away < least; away++, other += step) {
      if (labels[other] === labels[pixel]) least = Math.min(least, away * away + squares[other]);
      else if (isFramed || (other >= 0 && other < labels.length)) least = away * away;
      else break;
    }
  }
  return least;
}

/**
 * What a network of StarDist's kind learns to call the probability of an object: the Euclidean distance to the nearest
 * pixel of another label, over the largest one in the object. As `edt_prob` of StarDist 0.9.2: beyond the image there
 * is no other label, unless one object fills it.
 *
 * @param labels `[y, x]` int32, values below 1 are background; numbers may have gaps; not modified
 * @returns `[y, x]` over 0 to 1 in objects, 0 in the background
 * @example
 * objectProbability(Int32Array.of(0, 7, 7, 7, 0), 5); // 0, 0.5, 1, 0.5, 0
 */
export function objectProbability(labels: Int32Array, width: number): Float32Array {
  const sequential = sequentialLabels(labels);
  const isFramed = sequential.count === 1 && !sequential.labels.includes(0);
  const objects = { labels: sequential.labels, width, isFramed };
  const squares = alongRows(objects);
  const greatest = new Float64Array(sequential.count + 1);
  const result = new Float32Array(labels.length);
  for (let pixel = 0; pixel < result.length; pixel++) {
    const label = objects.labels[pixel];
    if (label === 0) continue;
    result[pixel] = Math.sqrt(alongColumn(objects, squares, pixel));
    greatest[label] = Math.max(greatest[label], result[pixel]);
  }
  for (let pixel = 0; pixel < result.length; pixel++) {
    if (result[pixel] > 0) result[pixel] /= greatest[objects.labels[pixel]];
  }
  return result;
}
