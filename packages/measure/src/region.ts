import type { LabelImage } from "./labelimage";

/** The intensities that regions are measured on. */
export interface Intensities {
  /** C order, channels last. */
  readonly data: ArrayLike<number>;
  readonly channels: number;
  /** Whether the image has an axis of channels, be it of length 1. */
  readonly multichannel: boolean;
}

/** What all regions of one call share. */
export interface Measured {
  readonly labels: LabelImage;
  readonly intensities: Intensities | undefined;
  /** Pixel size along each axis of the label image. */
  readonly spacing: readonly number[];
}

/** The pixels of one label. Positions are `[y, x]` or `[z, y, x]`. */
export interface Region {
  readonly measured: Measured;
  readonly label: number;
  /** Indices into the label image, in C order. */
  readonly pixels: Int32Array;
  /** First position along each axis. */
  readonly start: readonly number[];
  /** Position after the last along each axis. */
  readonly stop: readonly number[];
}

function boxOf(pixels: Int32Array, { ndim, height, width }: LabelImage): { start: number[]; stop: number[] } {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [0, 0, 0];
  for (const pixel of pixels) {
    const row = Math.floor(pixel / width);
    const z = Math.floor(row / height);
    const y = row - z * height;
    const x = pixel - row * width;
    if (z < low[0]) low[0] = z;
    if (z >= high[0]) high[0] = z + 1;
    if (y < low[1]) low[1] = y;
    if (y >= high[1]) high[1] = y + 1;
    if (x < low[2]) low[2] = x;
    if (x >= high[2]) high[2] = x + 1;
  }
  return { start: low.slice(3 - ndim), stop: high.slice(3 - ndim) };
}

/** Gather the pixels of every label above 0, labels ascending. */
export function findRegions(measured: Measured): Region[] {
  const { labels } = measured;
  const { data } = labels;
  const counts = new Map<number, number>();
  let [previous, run] = [0, 0];
  // Neighbouring pixels mostly have one label: one look-up a run instead of one a pixel.
  for (let pixel = 0; pixel <= data.length; pixel++) {
    const label = pixel < data.length ? data[pixel] : Number.NaN;
    if (label === previous) {
      run++;
      continue;
    }
    if (previous > 0 && run > 0) counts.set(previous, (counts.get(previous) ?? 0) + run);
    [previous, run] = [label, 1];
  }
  const found = new Map(
    [...counts].map(([label, count]) => [label, { pixels: new Int32Array(count), used: 0 }]),
  );
  let current: { pixels: Int32Array; used: number } | undefined;
  previous = 0;
  for (let pixel = 0; pixel < data.length; pixel++) {
    const label = data[pixel];
    if (label !== previous) {
      current = found.get(label);
      previous = label;
    }
    if (current) current.pixels[current.used++] = pixel;
  }
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([label, { pixels }]) => ({ measured, label, pixels, ...boxOf(pixels, labels) }));
}

/** The region's box as bytes, 1 = the region's pixel; 2-D, with a border of zeros `margin` wide. */
export function maskOf(
  region: Region,
  margin: number = 0,
): { mask: Uint8Array; rows: number; columns: number } {
  const { width } = region.measured.labels;
  const [[top, left], [bottom, right]] = [region.start, region.stop];
  const [rows, columns] = [bottom - top + 2 * margin, right - left + 2 * margin];
  const mask = new Uint8Array(rows * columns);
  for (const pixel of region.pixels) {
    const y = Math.floor(pixel / width);
    mask[(y - top + margin) * columns + (pixel - y * width - left + margin)] = 1;
  }
  return { mask, rows, columns };
}
