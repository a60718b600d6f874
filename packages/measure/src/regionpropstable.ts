import { type NdArray, Table } from "@bioengine/ndarray";
import {
  checkOptions,
  type MeasureOptions,
  measuredRegions,
  measurer,
  refusal,
  shapeOf,
} from "./measurement";
import { propertyOf } from "./propertyname";
import type { Measured } from "./region";

/** What `regionpropsTable` measures. */
export interface RegionpropsTableOptions extends MeasureOptions {
  /** scikit-image's names, in the order of the columns. Default: see `regionpropsTable`. */
  properties?: readonly string[];
}

const usual = [
  ...["label", "area", "bbox", "centroid", "equivalent_diameter_area", "eccentricity", "solidity"],
  ...["perimeter", "intensity_mean"],
];

/** The suffixes of a property's columns in C order: "" for a number, "-0-0", "-0-1", … for an array. */
function suffixes([length, ...rest]: readonly number[]): string[] {
  if (length === undefined) return [""];
  return Array.from({ length }, (_, index) => suffixes(rest).map((suffix) => `-${index}${suffix}`)).flat();
}

function checkedNames(requested: unknown, measured: Measured): readonly string[] {
  if (requested === undefined) {
    return usual.filter((name) => refusal(name, propertyOf(name), measured) === undefined);
  }
  if (!Array.isArray(requested) || requested.length === 0) {
    const fix = JSON.stringify(typeof requested === "string" ? [requested] : ["label", "area"]);
    throw new TypeError(
      `Cannot measure regions: properties must be an array of names, got ${JSON.stringify(requested)}; use ${fix}`,
    );
  }
  for (const name of requested) {
    const error = refusal(name, propertyOf(name), measured);
    if (error) throw error;
  }
  return requested;
}

/**
 * Measure labelled regions (scikit-image's `regionprops_table`).
 *
 * Left out, `properties` are those a biologist looks at first: label, area, bbox, centroid, equivalent_diameter_area,
 * eccentricity, solidity, perimeter and, with an image, intensity_mean (scikit-image has label and bbox alone), as
 * far as they are defined for the labels' axes and the spacing.
 *
 * @param labels `[y, x]` or `[z, y, x]` integers, values below 1 are background; not modified
 * @param options.properties scikit-image's names, e.g. `["label", "area", "centroid"]`, former ones too; arrays become
 *   columns `centroid-0`, `centroid-1`, and channels the last index
 * @param options.image intensity image with the labels' axes, or one more for channels
 * @param options.spacing pixel size along each axis, in the unit that areas and lengths are wanted in; default: the
 *   pixel size in µm that the labels or the image know (`array.spacing`), else 1; `spacing: 1` measures in pixels
 * @returns one row a label, ascending; label, num_pixels, bbox and euler_number are int32, everything else float64
 * @throws {TypeError} if the labels are no integers, an option is unknown, or a property needs an image
 * @throws {RangeError} if a property is unknown or not measured in 3-D, or a shape or spacing doesn't fit
 * @example
 * regionpropsTable(mask, { image: image, properties: ["label", "area", "intensity_mean"] }).toCsv();
 */
export function regionpropsTable(labels: NdArray, options: RegionpropsTableOptions = {}): Table {
  checkOptions(options, ["properties", "image", "spacing"]);
  const { regions, measured } = measuredRegions(labels, options);
  const wanted = checkedNames(options.properties, measured).map((name) => {
    const property = propertyOf(name);
    const columns = suffixes(shapeOf(property, measured)).map(
      (suffix) =>
        [`${name}${suffix}`, new (property.whole ? Int32Array : Float64Array)(regions.count)] as const,
    );
    return { numbersOf: measurer(property, measured), columns };
  });
  // Region by region, so that what they keep for several properties is soon free again.
  for (let row = 0; row < regions.count; row++) {
    const region = regions.region(row);
    for (const { numbersOf, columns } of wanted) {
      const numbers = numbersOf(region);
      for (let column = 0; column < columns.length; column++) columns[column][1][row] = numbers[column];
    }
  }
  return new Table(wanted.flatMap(({ columns }) => columns));
}
