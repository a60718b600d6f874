/** An 8-bit raster, row-major, channels interleaved: 1 grey, 3 RGB. Inner type: never leaves the package. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size at which the longer side is `edge`, the proportions kept; never below one pixel. */
export function sizeWithin({ width, height }: Size, edge: number): Size {
  const scale = edge / Math.max(width, height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The size of planes one below the other when each is scaled by a factor: whole pixels of each. */
export function scalePlanes({ width, height }: Size, planes: number, factor: number): Size {
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: planes * Math.max(1, Math.round((height / planes) * factor)),
  };
}

/** One of several planes that lie one below the other. */
export function planeOf(
  { width, height, channels, pixels }: Picture,
  planes: number,
  plane: number,
): Picture {
  const size = pixels.length / planes;
  return {
    width,
    height: height / planes,
    channels,
    pixels: pixels.subarray(plane * size, (plane + 1) * size),
  };
}

/**
 * Enlarge by repeating pixels, or shrink by averaging the area under each new pixel.
 *
 * Enlarging is for whole factors only.
 */
export function resizePicture(picture: Picture, size: Size): Picture {
  if (size.width === picture.width && size.height === picture.height) return picture;
  const { channels } = picture;
  const pixels =
    size.width > picture.width || size.height > picture.height
      ? enlarge(picture, size)
      : toBytes(shrink(picture.pixels, picture, channels, size));
  return { ...size, channels, pixels };
}

/** Average the area of the source under each new pixel (OpenCV's INTER_AREA), first along y, then along x. */
export function shrink(values: ArrayLike<number>, from: Size, channels: number, to: Size): Float32Array {
  const row = from.width * channels;
  const low = new Float32Array(to.height * row);
  const rows = areaWeights(from.height, to.height);
  for (let y = 0; y < to.height; y++) {
    for (let k = rows.starts[y]!, source = rows.first[y]!; k < rows.starts[y + 1]!; k++, source++) {
      const weight = rows.weights[k]!;
      const start = source * row;
      for (let i = 0, at = y * row; i < row; i++, at++) low[at] = low[at]! + weight * values[start + i]!;
    }
  }
  const result = new Float32Array(to.height * to.width * channels);
  const columns = areaWeights(from.width, to.width);
  for (let y = 0, at = 0; y < to.height; y++) {
    for (let x = 0; x < to.width; x++) {
      const start = y * row + columns.first[x]! * channels;
      for (let c = 0; c < channels; c++, at++) {
        let sum = 0;
        for (
          let k = columns.starts[x]!, source = start + c;
          k < columns.starts[x + 1]!;
          k++, source += channels
        ) {
          sum += columns.weights[k]! * low[source]!;
        }
        result[at] = sum;
      }
    }
  }
  return result;
}

/** Take the label at the centre of each new pixel: labels cannot be averaged. */
export function resizeLabels(labels: ArrayLike<number>, from: Size, to: Size): Uint32Array {
  const result = new Uint32Array(to.width * to.height);
  const columns = Uint32Array.from({ length: to.width }, (_, x) =>
    Math.floor(((x + 0.5) * from.width) / to.width),
  );
  for (let y = 0; y < to.height; y++) {
    const source = Math.floor(((y + 0.5) * from.height) / to.height) * from.width;
    const target = y * to.width;
    for (let x = 0; x < to.width; x++) result[target + x] = labels[source + columns[x]!]!;
  }
  return result;
}

function enlarge(picture: Picture, size: Size): Uint8Array {
  const { channels, pixels, width } = picture;
  const factor = size.width / width;
  const result = new Uint8Array(size.width * size.height * channels);
  for (let y = 0, at = 0; y < size.height; y++) {
    const row = Math.floor(y / factor) * width;
    for (let x = 0; x < size.width; x++) {
      const source = (row + Math.floor(x / factor)) * channels;
      for (let c = 0; c < channels; c++) result[at++] = pixels[source + c]!;
    }
  }
  return result;
}

function toBytes(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) bytes[i] = values[i]! + 0.5;
  return bytes;
}

/** Pixel `i` averages from source pixel `first[i]` on, with the weights from `starts[i]` to before `starts[i + 1]`. */
interface AreaWeights {
  first: Int32Array;
  starts: Int32Array;
  weights: Float64Array;
}

function areaWeights(from: number, to: number): AreaWeights {
  const step = from / to;
  const first = new Int32Array(to);
  const starts = new Int32Array(to + 1);
  const weights: number[] = [];
  for (let i = 0; i < to; i++) {
    const low = i * step;
    const high = Math.min(from, (i + 1) * step);
    first[i] = Math.floor(low);
    // Rounding must not add an empty sliver of the next pixel.
    for (let pixel = first[i]!; pixel < high - 1e-9; pixel++) {
      weights.push((Math.min(high, pixel + 1) - Math.max(low, pixel)) / (high - low));
    }
    starts[i + 1] = weights.length;
  }
  return { first, starts, weights: Float64Array.from(weights) };
}
