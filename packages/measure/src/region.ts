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

/** More labels than this are numbered anew first, so that tables by label stay small. */
const DENSE = 1 << 22;

/** The labels as 0 .. n, and the label of each number; labels below 1 are 0. */
function numbered({ data }: LabelImage): {
  numbers: ArrayLike<number>;
  labels: number[] | undefined;
  largest: number;
} {
  let [largest, negative] = [0, false];
  for (let pixel = 0; pixel < data.length; pixel++) {
    if (data[pixel] > largest) largest = data[pixel];
    else if (data[pixel] < 0) negative = true;
  }
  if (largest <= DENSE && !negative) return { numbers: data, labels: undefined, largest };
  const found = new Set<number>();
  for (let pixel = 0; pixel < data.length; pixel++) if (data[pixel] > 0) found.add(data[pixel]);
  const labels = [0, ...[...found].sort((a, b) => a - b)];
  const rank = new Map(labels.map((label, index) => [label, index]));
  return {
    numbers: Int32Array.from(data, (label) => rank.get(label) ?? 0),
    labels,
    largest: labels.length - 1,
  };
}

/** Gather the pixels of every label above 0, labels ascending. */
export function findRegions(measured: Measured): Region[] {
  const { ndim, depth, height, width } = measured.labels;
  const { numbers, labels, largest } = numbered(measured.labels);
  const table = (value: number) => new Int32Array(largest + 1).fill(value);
  const areas = table(0);
  const low = [table(depth), table(height), table(width)];
  const high = [table(0), table(0), table(0)];
  for (let z = 0, pixel = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, pixel++) {
        const number = numbers[pixel];
        if (number === 0) continue;
        areas[number]++;
        if (x < low[2][number]) low[2][number] = x;
        if (x >= high[2][number]) high[2][number] = x + 1;
        if (y < low[1][number]) low[1][number] = y;
        high[1][number] = Math.max(high[1][number], y + 1);
        if (z < low[0][number]) low[0][number] = z;
        high[0][number] = z + 1;
      }
    }
  }
  const next = table(0);
  let total = 0;
  for (let number = 1; number <= largest; number++) {
    next[number] = total;
    total += areas[number];
  }
  const all = new Int32Array(total);
  for (let pixel = 0; pixel < numbers.length; pixel++) {
    const number = numbers[pixel];
    if (number > 0) all[next[number]++] = pixel;
  }
  const regions: Region[] = [];
  for (let number = 1; number <= largest; number++) {
    if (areas[number] === 0) continue;
    regions.push({
      measured,
      label: labels?.[number] ?? number,
      pixels: all.subarray(next[number] - areas[number], next[number]),
      start: low.map((values) => values[number]).slice(3 - ndim),
      stop: high.map((values) => values[number]).slice(3 - ndim),
    });
  }
  return regions;
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
