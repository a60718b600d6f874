import type { Plane } from "../plane";
import type { Lattice } from "./lattice";
import type { Placement } from "./placement";

/** Offsets in an array of the positions `least` to `greatest` of an axis that goes on mirrored (`reflect_101`). */
function mirrored(least: number, greatest: number, length: number, stride: number): Int32Array {
  const offsets = new Int32Array(greatest - least + 1);
  const period = Math.max(2 * (length - 1), 1);
  for (let index = 0; index < offsets.length; index++) {
    const inPeriod = (((least + index) % period) + period) % period;
    offsets[index] = stride * Math.min(inPeriod, period - inPeriod);
  }
  return offsets;
}

/** Place of a position of the crop in the image. */
function imageY({ y, turn, scale }: Placement, row: number, column: number): number {
  return y + (turn[0] * row + turn[1] * column) / scale;
}

function imageX({ x, turn, scale }: Placement, row: number, column: number): number {
  return x + (turn[2] * row + turn[3] * column) / scale;
}

/** The whole pixels around the places of all positions of a crop on one axis of the image. */
function rangeOf(
  placeOf: typeof imageY,
  placement: Placement,
  { start, step, count }: Lattice,
): [number, number] {
  const ends = [start - 0.5, start + step * (count - 1) + 0.5];
  const places = ends.flatMap((row) => ends.map((column) => placeOf(placement, row, column)));
  return [Math.floor(Math.min(...places)), Math.floor(Math.max(...places)) + 1];
}

/** When an image shrinks more than this, pixels between the sampled ones would be lost. */
const DENSEST = 1.6;

/** How many places per pixel of the crop, on each axis, see every pixel of the image. */
export const placesPerPixel = ({ scale }: Placement): number => Math.ceil(1 / scale / DENSEST);

/**
 * Sample an image, which goes on mirrored beyond its edges, by bilinear interpolation.
 *
 * @param lattice positions of the crop, on both axes
 * @param places per pixel of the crop, on each axis, whose mean counts
 * @returns `[count, count]`
 */
export function warp(
  { data, height, width }: Plane,
  placement: Placement,
  lattice: Lattice,
  places = 1,
): Float32Array {
  const { start, step, count } = lattice;
  const { turn, scale } = placement;
  const [top, bottom] = rangeOf(imageY, placement, lattice);
  const [left, right] = rangeOf(imageX, placement, lattice);
  const rows = mirrored(top, bottom, height, width);
  const columns = mirrored(left, right, width, 1);
  const result = new Float32Array(count * count);
  const [stepY, stepX] = [(turn[1] * step) / scale, (turn[3] * step) / scale];
  for (let place = 0; place < places * places; place++) {
    const offRow = (Math.floor(place / places) + 0.5) / places - 0.5;
    const offColumn = ((place % places) + 0.5) / places - 0.5;
    for (let row = 0, pixel = 0; row < count; row++) {
      const cropRow = start + row * step + offRow;
      const firstY = imageY(placement, cropRow, start + offColumn) - top;
      const firstX = imageX(placement, cropRow, start + offColumn) - left;
      for (let column = 0; column < count; column++, pixel++) {
        const y = firstY + column * stepY;
        const x = firstX + column * stepX;
        const above = y | 0;
        const before = x | 0;
        const across = x - before;
        const [upper, lower] = [rows[above], rows[above + 1]];
        const [near, far] = [columns[before], columns[before + 1]];
        const first = data[upper + near] + (data[upper + far] - data[upper + near]) * across;
        const second = data[lower + near] + (data[lower + far] - data[lower + near]) * across;
        result[pixel] += first + (second - first) * (y - above);
      }
    }
  }
  if (places > 1) for (let pixel = 0; pixel < result.length; pixel++) result[pixel] /= places * places;
  return result;
}

/**
 * Sample labels: the nearest pixel of the image.
 *
 * @param lattice positions of the crop, on both axes
 * @returns `[count, count]`, -1 outside the image
 */
export function warpLabels(
  labels: Int32Array,
  height: number,
  width: number,
  placement: Placement,
  { start, step, count }: Lattice,
): Int32Array {
  const result = new Int32Array(count * count);
  const { turn, scale } = placement;
  const [stepY, stepX] = [(turn[1] * step) / scale, (turn[3] * step) / scale];
  for (let row = 0, pixel = 0; row < count; row++) {
    const firstY = imageY(placement, start + row * step, start) + 0.5;
    const firstX = imageX(placement, start + row * step, start) + 0.5;
    for (let column = 0; column < count; column++, pixel++) {
      const y = Math.floor(firstY + column * stepY);
      const x = Math.floor(firstX + column * stepX);
      const isInside = y >= 0 && y < height && x >= 0 && x < width;
      result[pixel] = isInside ? labels[y * width + x] : -1;
    }
  }
  return result;
}
