/** One channel of an image: C-ordered float32 values. */
export interface Plane {
  readonly data: Float32Array;
  readonly height: number;
  readonly width: number;
}

/** The value below which `share` (0 to 1) of the finite values lie, linearly interpolated; NaN if there are none. */
function quantile(sorted: Float32Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}

/**
 * Stretch the percentiles 1 and `upper` to 0 and 1, as cellpose and StarDist do; a constant plane becomes 0, and so
 * do NaN and infinities.
 */
export function normalize({ data, height, width }: Plane, upper: number): Plane {
  const finite = data.filter(Number.isFinite).sort();
  const [low, high] = [quantile(finite, 0.01), quantile(finite, upper / 100)];
  const range = high - low;
  const result = new Float32Array(data.length);
  if (range > 0) {
    for (let i = 0; i < data.length; i++) result[i] = Number.isFinite(data[i]) ? (data[i] - low) / range : 0;
  }
  return { data: result, height, width };
}

/** Where an output pixel takes its values from: pairs of input positions and the weight of the second. */
function taps(from: number, to: number): { first: Int32Array; second: Int32Array; weight: Float32Array } {
  const [first, second] = [new Int32Array(to), new Int32Array(to)];
  const weight = new Float32Array(to);
  for (let i = 0; i < to; i++) {
    const position = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1);
    first[i] = Math.floor(position);
    second[i] = Math.min(first[i] + 1, from - 1);
    weight[i] = position - first[i];
  }
  return { first, second, weight };
}

function interpolate({ data, height, width }: Plane, newHeight: number, newWidth: number): Plane {
  const [rows, columns] = [taps(height, newHeight), taps(width, newWidth)];
  const result = new Float32Array(newHeight * newWidth);
  for (let y = 0, pixel = 0; y < newHeight; y++) {
    const [top, bottom, down] = [rows.first[y] * width, rows.second[y] * width, rows.weight[y]];
    for (let x = 0; x < newWidth; x++, pixel++) {
      const [left, right, across] = [columns.first[x], columns.second[x], columns.weight[x]];
      const upper = data[top + left] + (data[top + right] - data[top + left]) * across;
      const lower = data[bottom + left] + (data[bottom + right] - data[bottom + left]) * across;
      result[pixel] = upper + (lower - upper) * down;
    }
  }
  return { data: result, height: newHeight, width: newWidth };
}

/** Means of 2 × 2 pixels; an odd last row or column counts twice. */
function halve({ data, height, width }: Plane): Plane {
  const [newHeight, newWidth] = [(height + 1) >> 1, (width + 1) >> 1];
  const result = new Float32Array(newHeight * newWidth);
  for (let y = 0, pixel = 0; y < newHeight; y++) {
    const [top, bottom] = [2 * y * width, Math.min(2 * y + 1, height - 1) * width];
    for (let x = 0; x < newWidth; x++, pixel++) {
      const [left, right] = [2 * x, Math.min(2 * x + 1, width - 1)];
      result[pixel] = (data[top + left] + data[top + right] + data[bottom + left] + data[bottom + right]) / 4;
    }
  }
  return { data: result, height: newHeight, width: newWidth };
}

/** Resize with bilinear interpolation; when shrinking, by halving as long as that is needed to lose no detail. */
export function resize(plane: Plane, height: number, width: number): Plane {
  let source = plane;
  while (source.height > 1.6 * height && source.width > 1.6 * width) source = halve(source);
  return source.height === height && source.width === width ? source : interpolate(source, height, width);
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
