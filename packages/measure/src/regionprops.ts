import type { NdArray } from "@bioengine/ndarray";
import { checkProperty, getterOf, type MeasureOptions, measuredRegions } from "./measurement";
import { properties } from "./property";

/** The measurements of one region, by scikit-image's names; each is measured when it is first read. */
export interface RegionProperties {
  readonly label: number;
  /** Pixels times the pixel size. */
  readonly area: number;
  /** First position along each axis, then the positions after the last. */
  readonly bbox: readonly number[];
  readonly centroid: readonly number[];
  readonly axis_major_length: number;
  readonly axis_minor_length: number;
  /** 0 (circle) to 1 (line). */
  readonly eccentricity: number;
  /** Angle between the row axis and the major axis, -π/2 to π/2. */
  readonly orientation: number;
  readonly perimeter: number;
  /** Share of the convex hull that is filled, 0 to 1. */
  readonly solidity: number;
  readonly equivalent_diameter_area: number;
  /** Share of the bounding box that is filled, 0 to 1. */
  readonly extent: number;
  // Every other property of scikit-image; with several channels an array.
  // biome-ignore lint/suspicious/noExplicitAny: numbers, arrays or arrays of arrays, by name
  readonly [property: string]: any;
}

/**
 * Measure labelled regions one by one (scikit-image's `regionprops`). For a table, use `regionpropsTable`.
 *
 * @param labels `[y, x]` or `[z, y, x]` integers, values below 1 are background; not modified
 * @param options.image intensity image, for the `intensity_…` and `…_weighted` properties
 * @param options.spacing pixel size along each axis
 * @returns one object a label, ascending
 * @throws {TypeError} if the labels are no integers
 * @throws {RangeError} if the axes, the image's shape or the spacing don't fit
 * @example
 * regionprops(label(mask)).map((region) => region.area);
 */
export function regionprops(labels: NdArray, options: MeasureOptions = {}): RegionProperties[] {
  const { regions, measured } = measuredRegions(labels, options);
  return regions.map((region) => {
    const getter = getterOf(region);
    const result = {};
    for (const name of Object.keys(properties)) {
      Object.defineProperty(result, name, {
        enumerable: true,
        get() {
          checkProperty(name, measured);
          return getter.value(name);
        },
      });
    }
    return result as RegionProperties;
  });
}
