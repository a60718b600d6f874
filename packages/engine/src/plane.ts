/** One channel of an image: C-ordered float32 values. */
export interface Plane {
  readonly data: Float32Array;
  readonly height: number;
  readonly width: number;
}

/** Extend to multiples of `step` at the bottom and right, by reflection. */
export function pad({ data, height, width }: Plane, step: number): Plane {
  const [newHeight, newWidth] = [Math.ceil(height / step) * step, Math.ceil(width / step) * step];
  if (newHeight === height && newWidth === width) return { data, height, width };
  const mirror = (position: number, length: number) => {
    if (length === 1) return 0;
    const period = 2 * (length - 1);
    const inPeriod = position % period;
    return inPeriod < length ? inPeriod : period - inPeriod;
  };
  const columns = Int32Array.from({ length: newWidth }, (_, x) => mirror(x, width));
  const result = new Float32Array(newHeight * newWidth);
  for (let y = 0, pixel = 0; y < newHeight; y++) {
    const row = mirror(y, height) * width;
    for (let x = 0; x < newWidth; x++, pixel++) result[pixel] = data[row + columns[x]];
  }
  return { data: result, height: newHeight, width: newWidth };
}

/** The top left part. */
export function crop({ data, height, width }: Plane, newHeight: number, newWidth: number): Plane {
  if (newHeight === height && newWidth === width) return { data, height, width };
  const result = new Float32Array(newHeight * newWidth);
  for (let y = 0; y < newHeight; y++)
    result.set(data.subarray(y * width, y * width + newWidth), y * newWidth);
  return { data: result, height: newHeight, width: newWidth };
}
