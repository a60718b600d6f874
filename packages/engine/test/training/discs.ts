import type { Batch, TrainedKind } from "../../src/training/gradientnetwork";

/** Height of the images, and their width. */
export const SIDE = 64;

/** Offset from the middle of the disc at a pixel, and the disc's radius; undefined in the background. */
function discAt(image: number, y: number, x: number) {
  for (let disc = 0; disc < 4; disc++) {
    const [row, column] = [disc >> 1, disc % 2];
    const down = y - (16 + 32 * row + 3 * image - 2 * column);
    const right = x - (15 + 32 * column - 3 * image + 2 * row);
    const radius = 8 + ((disc + 2 * image) % 4);
    const square = down * down + right * right;
    if (square < radius * radius) return { down, right, radius, square };
  }
  return undefined;
}

/** The value of a pixel. */
export type Drawing = (image: number, channel: number, y: number, x: number) => number;

/** Discs that are brighter in the middle, on a pattern; the second image has nuclei. */
export const drawnAt: Drawing = (image, channel, y, x) => {
  const disc = discAt(image, y, x);
  const share = disc === undefined ? Number.POSITIVE_INFINITY : disc.square / (disc.radius * disc.radius);
  if (channel === 1) return image === 0 ? 0 : share < 0.25 ? 0.8 : 0.1;
  const pattern = 0.05 + ((13 * y + 7 * x + 29 * image) % 16) / 128;
  return pattern + (disc === undefined ? 0 : 0.9 - 0.5 * share);
};

/** Flows to the middle of each disc, and 1 in discs. */
export const cellposeTargetAt: Drawing = (image, channel, y, x) => {
  const disc = discAt(image, y, x);
  if (disc === undefined) return 0;
  return channel === 2 ? 1 : -(channel === 0 ? disc.down : disc.right) / (Math.sqrt(disc.square) || 1);
};

/** The distance to each disc's rim over its radius, and along each ray. */
export const stardistTargetAt: Drawing = (image, channel, y, x) => {
  const disc = discAt(image, y, x);
  if (disc === undefined) return 0;
  const { down, right, radius, square } = disc;
  if (channel === 0) return (radius - Math.sqrt(square)) / radius;
  const angle = (2 * Math.PI * (channel - 1)) / 32;
  // As in the script: the last bit of a sine is not the same in every language; a rounded one is.
  const [rayY, rayX] = [Math.sin(angle), Math.cos(angle)].map((part) => Math.round(4096 * part) / 4096);
  const along = down * rayY + right * rayX;
  return Math.sqrt(along * along + (radius * radius - square)) - along;
};

/** Draw `[n, c, SIDE / grid, width / grid]`, the images with these numbers. */
export function drawn(
  images: readonly number[],
  channels: number,
  grid: number,
  value: Drawing,
  width = SIDE,
) {
  const [rows, columns] = [SIDE / grid, width / grid];
  const values = new Float32Array(images.length * channels * rows * columns);
  let position = 0;
  for (const image of images) {
    for (let channel = 0; channel < channels; channel++) {
      for (let pixel = 0; pixel < rows * columns; pixel++) {
        const [y, x] = [Math.floor(pixel / columns) * grid, (pixel % columns) * grid];
        values[position++] = value(image, channel, y, x);
      }
    }
  }
  return values;
}

/** 0 at the left. */
export const weightAt: Drawing = (image, _channel, _y, x) => (x >= 6 + 10 * image ? 1 : 0);

/**
 * The batch of `record_losses.py`, or parts of it.
 *
 * @param taught numbers of the images whose targets and pixel weights are taken
 */
export function batchOf(kind: TrainedKind, images: readonly number[] = [0, 1], taught = images): Batch {
  const isCellpose = kind === "cellpose";
  const grid = isCellpose ? 1 : 2;
  return {
    count: images.length,
    size: SIDE,
    image: drawn(images, isCellpose ? 2 : 1, 1, drawnAt),
    target: isCellpose ? drawn(taught, 3, 1, cellposeTargetAt) : drawn(taught, 33, 2, stardistTargetAt),
    pixelWeight: drawn(taught, 1, grid, weightAt),
  };
}
