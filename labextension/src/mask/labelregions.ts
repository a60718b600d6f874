/** What each label of a mask covers, by the label's index, in mask pixels; entry 0 is unused. */
export interface LabelRegions {
  readonly area: Uint32Array;
  readonly centroidX: Float64Array;
  readonly centroidY: Float64Array;
  /** Variances and covariance of the positions of a label's pixels. */
  readonly varianceX: Float64Array;
  readonly varianceY: Float64Array;
  readonly covariance: Float64Array;
}

/**
 * Measure the labels of a mask by its runs, pieces of a row that have one label.
 *
 * @param indices index of the label at each pixel, row-major; not modified
 * @param width of the mask
 * @param size number of indices, the background's with them
 */
export function labelRegions(indices: Uint16Array | Uint32Array, width: number, size: number): LabelRegions {
  const area = new Uint32Array(size);
  const [centroidX, centroidY, varianceX, varianceY, covariance] = Array.from(
    { length: 5 },
    () => new Float64Array(size),
  );
  for (let start = 0, y = 0; start < indices.length; start += width, y++) {
    const end = start + width;
    for (let i = start; i < end; ) {
      const index = indices[i];
      const first = i++;
      while (i < end && indices[i] === index) i++;
      if (index === 0) continue;
      const count = i - first;
      const x = first - start;
      const sum = count * x + (count * (count - 1)) / 2;
      const squares = count * x * (x + count - 1) + ((count - 1) * count * (2 * count - 1)) / 6;
      area[index] += count;
      centroidX[index] += sum;
      centroidY[index] += count * y;
      varianceX[index] += squares;
      varianceY[index] += count * y * y;
      covariance[index] += sum * y;
    }
  }
  for (let index = 1; index < size; index++) {
    const x = centroidX[index] / area[index];
    const y = centroidY[index] / area[index];
    centroidX[index] = x;
    centroidY[index] = y;
    varianceX[index] = Math.max(varianceX[index] / area[index] - x * x, 0);
    varianceY[index] = Math.max(varianceY[index] / area[index] - y * y, 0);
    covariance[index] = covariance[index] / area[index] - x * y;
  }
  return { area, centroidX, centroidY, varianceX, varianceY, covariance };
}
