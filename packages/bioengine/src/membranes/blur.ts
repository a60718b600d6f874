function boxRows(source: Float32Array, size: number, radius: number): Float32Array {
  const target = new Float32Array(source.length);
  const width = 2 * radius + 1;
  for (let y = 0; y < size; y++) {
    const start = y * size;
    const value = (x: number) => source[start + Math.min(size - 1, Math.max(0, x))];
    let sum = 0;
    for (let x = -radius; x <= radius; x++) sum += value(x);
    for (let x = 0; x < size; x++) {
      // Written turned, so that two passes blur both axes.
      target[x * size + y] = sum / width;
      sum += value(x + radius + 1) - value(x - radius);
    }
  }
  return target;
}

/**
 * Blur a square image: twice the mean of a box, which is nearly a Gaussian; the border's pixels continue outside.
 *
 * @param image `[size, size]` in C order; not modified
 * @param radius of the box in pixels; the standard deviation is √(2 radius (radius + 1) / 3)
 */
export function blur(image: Float32Array, size: number, radius: number): Float32Array {
  let blurred = image;
  for (let pass = 0; pass < 4; pass++) blurred = boxRows(blurred, size, radius);
  return blurred;
}
