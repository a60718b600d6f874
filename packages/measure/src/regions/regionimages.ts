import { NdArray, zeros } from "@bioengine/ndarray";
import { enclosedGaps } from "./filled";
import type { Region } from "./region";
import { REGION_RUN } from "./regionruns";

/** Where a region is, as the ranges that `slice` takes. */
export type RegionSlice = readonly (readonly [start: number, stop: number])[];

const boxOf = ({ start, stop }: Region) => stop.map((end, axis) => end - start[axis]);

/** Index of the pixel at x = 0 in the row of a run, in an image of the region's box. */
function rowOf({ runs, start, stop }: Region, at: number): number {
  const [top, left] = start.slice(-2);
  const [bottom, right] = stop.slice(-2);
  const front = start.length === 3 ? start[0] : 0;
  return ((runs[at] - front) * (bottom - top) + runs[at + 1] - top) * (right - left) - left;
}

const emptyImage = (region: Region): NdArray<"bool"> => zeros(boxOf(region), "bool");

/** The region as a mask of its box (scikit-image's `image`). */
export function regionImage(region: Region): NdArray<"bool"> {
  const image = emptyImage(region);
  const { runs, begin, end } = region;
  for (let at = begin; at < end; at += REGION_RUN) {
    const row = rowOf(region, at);
    image.buffer.fill(1, row + runs[at + 2], row + runs[at + 3]);
  }
  return image;
}

/** The same with its holes filled (`image_filled`). */
function filledImage(region: Region): NdArray<"bool"> {
  const image = regionImage(region);
  for (const gap of enclosedGaps(region)) {
    const row = rowOf(region, gap);
    image.buffer.fill(1, row + region.runs[gap + 3], row + region.runs[gap + REGION_RUN + 2]);
  }
  return image;
}

/** The region's convex hull (`image_convex`). */
function convexImage(region: Region): NdArray<"bool"> {
  const image = emptyImage(region);
  const { hull } = region;
  const width = image.shape[image.ndim - 1];
  for (let at = 0; at < hull.length; at += 2) {
    const row = (at / 2) * width;
    if (hull[at] < hull[at + 1]) image.buffer.fill(1, row + hull[at], row + hull[at + 1]);
  }
  return image;
}

/** The box of the intensity image, 0 outside of the region (`image_intensity`), where NaN and infinity give NaN. */
export function intensityImage(region: Region): NdArray | undefined {
  const { intensities } = region.measured;
  if (intensities === undefined) return undefined;
  const mask = regionImage(region);
  return intensities.image
    .slice(...regionSlice(region))
    .multiply(intensities.multichannel ? mask.expandDims(mask.ndim) : mask);
}

/** The positions of the region's pixels, in C order (`coords`). */
export function coordinates({ runs, begin, end, size, start }: Region): NdArray<"int32"> {
  const ndim = start.length;
  const buffer = new Int32Array(size * ndim);
  let used = 0;
  for (let at = begin; at < end; at += REGION_RUN) {
    for (let x = runs[at + 2]; x < runs[at + 3]; x++) {
      if (ndim === 3) buffer[used++] = runs[at];
      buffer[used++] = runs[at + 1];
      buffer[used++] = x;
    }
  }
  return new NdArray({ dtype: "int32", shape: [size, ndim], buffer });
}

/** The positions times the spacing (`coords_scaled`). */
function scaledCoordinates(region: Region): NdArray<"float64"> {
  const { spacing } = region.measured;
  const { data, shape } = coordinates(region);
  const buffer = Float64Array.from(data, (position, index) => position * spacing[index % spacing.length]);
  return new NdArray({ dtype: "float64", shape, buffer });
}

/** The ranges of the region's box: `image.slice(...region.slice)` (`slice`). */
function regionSlice({ start, stop }: Region): [number, number][] {
  return start.map((first, axis) => [first, stop[axis]]);
}

/** How an image or a list of a region is made; undefined if that needs an intensity image. */
export type RegionImage = (region: Region) => NdArray | RegionSlice | undefined;

/** The images and lists by scikit-image's name. */
export const regionImages: Readonly<Record<string, RegionImage>> = {
  image: regionImage,
  image_filled: filledImage,
  image_convex: convexImage,
  image_intensity: intensityImage,
  coords: coordinates,
  coords_scaled: scaledCoordinates,
  slice: regionSlice,
};
