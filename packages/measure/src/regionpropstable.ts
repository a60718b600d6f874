import { type ColumnData, type NdArray, Table } from "@bioengine/ndarray";
import { checkProperty, getterOf, type MeasureOptions, measuredRegions } from "./measurement";
import { type PropertyValue, propertyOf } from "./property";
import { findRegions, type Measured } from "./region";

/** What `regionpropsTable` measures. */
export interface RegionpropsTableOptions extends MeasureOptions {
  /** scikit-image's names, in the order of the columns. Default: label and bbox. */
  properties?: readonly string[];
}

/** The numbers of a value with the suffixes of their columns, e.g. `-0-1`. */
function flatten(value: PropertyValue, suffix: string = ""): [string, number][] {
  if (typeof value === "number") return [[suffix, value]];
  return value.flatMap((part: PropertyValue, index) => flatten(part, `${suffix}-${index}`));
}

/** The suffixes of a property's columns, learnt from a region of one pixel, so that an empty table has columns. */
function suffixesOf(name: string, measured: Measured): string[] {
  const { labels } = measured;
  const dot = { ...labels, depth: 1, height: 1, width: 1, data: [1] };
  const [region] = findRegions({ ...measured, labels: dot });
  return flatten(getterOf(region).value(name)).map(([suffix]) => suffix);
}

/**
 * Measure labelled regions (scikit-image's `regionprops_table`).
 *
 * @param labels `[y, x]` or `[z, y, x]` integers, values below 1 are background; not modified
 * @param options.properties scikit-image's names, e.g. `["label", "area", "centroid"]`; arrays become columns
 *   `centroid-0`, `centroid-1`, and channels the last index
 * @param options.image intensity image with the labels' axes, or one more for channels
 * @param options.spacing pixel size along each axis, in the unit that areas and lengths are wanted in
 * @returns one row a label, ascending; counts and positions in whole pixels are int32, everything else float64
 * @throws {TypeError} if the labels are no integers, or a property needs an image
 * @throws {RangeError} if a property is unknown or not defined in 3-D, or a shape or spacing doesn't fit
 * @example
 * regionpropsTable(mask, { image: image, properties: ["label", "area", "intensity_mean"] }).toCsv();
 */
export function regionpropsTable(labels: NdArray, options: RegionpropsTableOptions = {}): Table {
  const { properties = ["label", "bbox"] } = options;
  if (!Array.isArray(properties) || properties.length === 0) {
    throw new TypeError(
      `Cannot measure regions: properties must be an array of names, got ${JSON.stringify(properties)}; use ["label", "area"]`,
    );
  }
  const { regions, measured } = measuredRegions(labels, options);
  for (const name of properties) checkProperty(name, measured);
  const columns: [string, ColumnData][] = [];
  for (const name of properties) {
    const { property } = propertyOf(name);
    for (const suffix of suffixesOf(name, measured)) {
      const values = property.integer ? new Int32Array(regions.length) : new Float64Array(regions.length);
      columns.push([`${name}${suffix}`, values]);
    }
  }
  regions.forEach((region, row) => {
    const getter = getterOf(region);
    let column = 0;
    for (const name of properties) {
      for (const [, value] of flatten(getter.value(name))) {
        const [, values] = columns[column++];
        if (values instanceof Int32Array || values instanceof Float64Array) values[row] = value;
      }
    }
  });
  return new Table(columns);
}
