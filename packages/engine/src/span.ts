import type { Plane } from "./plane";

/** A stretch of one axis: in pixels of the image, and in pixels of the network that sees the whole axis rescaled. */
export interface Span {
  /** Of the whole axis. */
  readonly length: number;
  readonly scaledLength: number;
  /** The stretch; ends exclusive. */
  readonly start: number;
  readonly stop: number;
  readonly scaledStart: number;
  readonly scaledStop: number;
}

/**
 * The stretch of the network's axis that belongs to one of the image's.
 *
 * @param scale pixels of the network per pixel of the image, about: the whole axis has whole pixels
 * @param step the stretch begins at a multiple of it, so that tiles see what the whole image would show
 */
export function spanOf(length: number, start: number, stop: number, scale: number, step: number): Span {
  const scaledLength = Math.max(8, Math.round(length * scale));
  const ratio = scaledLength / length;
  const scaledStart = Math.ceil((start * ratio) / step) * step;
  const scaledStop = stop === length ? scaledLength : Math.floor((stop * ratio) / step) * step;
  return { length, scaledLength, start, stop, scaledStart, scaledStop };
}

/** Where an output pixel takes its values from: pairs of input positions and the weight of the second. */
interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly weight: Float32Array;
}

/**
 * Taps of the output pixels start .. stop - 1 of an axis that is rescaled from one length to another, into an input
 * that holds `size` pixels of the axis from `origin` on.
 */
function tapsOf(from: number, to: number, origin: number, size: number, start: number, stop: number): Taps {
  const [first, second] = [new Int32Array(stop - start), new Int32Array(stop - start)];
  const weight = new Float32Array(stop - start);
  const last = origin + size - 1;
  for (let i = start; i < stop; i++) {
    const position = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, origin), last);
    const below = Math.floor(position);
    first[i - start] = below - origin;
    second[i - start] = Math.min(below + 1, last) - origin;
    weight[i - start] = position - below;
  }
  return { first, second, weight };
}

function interpolate({ data, width }: Plane, rows: Taps, columns: Taps): Plane {
  const [newHeight, newWidth] = [rows.first.length, columns.first.length];
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

/**
 * Bring a part of an image to the network's scale: bilinear interpolation; when shrinking, after halving as long as
 * that is needed to lose no detail.
 *
 * @param plane the part that the spans name; they start at multiples of 16
 */
export function toNetwork(plane: Plane, rows: Span, columns: Span): Plane {
  let source = plane;
  let halvings = 0;
  const isFar = (span: Span) => span.length / 2 ** halvings > 1.6 * span.scaledLength;
  while (halvings < 4 && isFar(rows) && isFar(columns)) {
    source = halve(source);
    halvings++;
  }
  const half = (length: number) => Math.ceil(length / 2 ** halvings);
  const taps = ({ length, scaledLength, start, scaledStart, scaledStop }: Span, size: number) =>
    tapsOf(half(length), scaledLength, start / 2 ** halvings, size, scaledStart, scaledStop);
  if (halvings === 0 && isSame(rows) && isSame(columns)) return plane;
  return interpolate(source, taps(rows, source.height), taps(columns, source.width));
}

/** Bring a result of the network back to the image's pixels; beyond its edge the last value goes on. */
export function fromNetwork(plane: Plane, rows: Span, columns: Span): Plane {
  if (isSame(rows) && isSame(columns)) return plane;
  const taps = ({ length, scaledLength, start, stop, scaledStart }: Span, size: number) =>
    tapsOf(scaledLength, length, scaledStart, size, start, stop);
  return interpolate(plane, taps(rows, plane.height), taps(columns, plane.width));
}

const isSame = ({ length, scaledLength, start, stop, scaledStart, scaledStop }: Span): boolean =>
  length === scaledLength && start === scaledStart && stop === scaledStop;
