import { gaussian, thresholdOtsu } from "@bioengine/filters";
import { label, regionprops } from "@bioengine/measure";
import type { NdArray } from "@bioengine/ndarray";

/** Rows and columns that are looked at: enough objects are in them. */
const MOST_PIXELS = 1024;

/** Fewer or smaller ones are rather noise, more of the image rather its background. */
const [FEWEST, SMALLEST_AREA, MOST_COVERED] = [3, 20, 0.6];

/** Median diameter of the circles that have the areas. */
function medianDiameter(areas: readonly number[]): number {
  const sorted = Float64Array.from(areas).sort();
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return Math.sqrt((4 * median) / Math.PI);
}

/** The middle of a plane, no longer than `MOST_PIXELS` on either side. */
function middleOf(plane: NdArray): NdArray {
  const ranges = plane.shape.map((length): [number, number] => {
    const start = Math.max(0, (length - MOST_PIXELS) >> 1);
    return [start, Math.min(length, start + MOST_PIXELS)];
  });
  return plane.slice(...ranges);
}

/**
 * The diameter of bright objects, roughly: of what a threshold finds in the middle of a plane.
 *
 * @param plane `[y, x]`, any dtype; not modified
 * @returns in pixels; undefined if there are hardly any objects, or no dark background
 * @example
 * objectDiameter(await imread("nuclei.tif")); // 22.4
 */
export function objectDiameter(plane: NdArray): number | undefined {
  const smoothed = gaussian(middleOf(plane), { sigma: 1 });
  if (!(smoothed.max() > smoothed.min())) return undefined;
  const bright = smoothed.greater(thresholdOtsu(smoothed));
  if (bright.mean() > MOST_COVERED) return undefined;
  const areas = regionprops(label(bright))
    .map(({ area }) => area)
    .filter((area) => area >= SMALLEST_AREA);
  return areas.length < FEWEST ? undefined : medianDiameter(areas);
}

/**
 * The number of objects of a mask, and their median diameter in pixels, of a mask of one plane.
 *
 * @param labels integers, 0 = background; not modified
 */
export function labelledObjects(labels: NdArray): { count: number; diameter: number | undefined } {
  const areas = new Map<number | bigint, number>();
  for (const value of labels.data) if (value) areas.set(value, (areas.get(value) ?? 0) + 1);
  const isPlane = labels.shape.filter((length) => length > 1).length <= 2;
  const diameter = isPlane && areas.size > 0 ? medianDiameter([...areas.values()]) : undefined;
  return { count: areas.size, diameter };
}
