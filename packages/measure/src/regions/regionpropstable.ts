import { type NdArray, Table } from "@bioengine/ndarray";
import { isFilm } from "../film";
import { checkShapes, type ExtraProperty, extraEntries, extraNumbers, shapeOfNone } from "./extraproperty";
import {
  channelsOf,
  checkImage,
  checkMeasureOptions,
  type MeasureOptions,
  measuredRegions,
  refusal,
  shapeOf,
} from "./measurement";

import { measurementUnits } from "./measurementunits";
import { propertyOf } from "./propertyname";
import type { Measured, Regions } from "./region";

/** What `regionpropsTable` measures. */
export interface RegionpropsTableOptions extends MeasureOptions {
  /** scikit-image's names, in the order of the columns. Default: see `regionpropsTable`. */
  properties?: readonly string[];
  /** What stands between a property's name and its indices in the names of columns. Default: `"-"`. */
  separator?: string;
}

const usual = [
  ...["label", "area", "bbox", "centroid", "equivalent_diameter_area", "eccentricity", "solidity"],
  ...["perimeter", "intensity_mean"],
];

/** The names of a property's columns in C order: its own for a number, "name-0-0", "name-0-1", … for an array. */
function namesOf(name: string, [length, ...rest]: readonly number[], separator: string): string[] {
  if (length === undefined) return [name];
  return Array.from({ length }, (_, index) => namesOf(`${name}${separator}${index}`, rest, separator)).flat();
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

function extraColumns(
  [name, property]: readonly [string, ExtraProperty],
  regions: Regions,
  measured: Measured,
  separator: string,
): [string, Float64Array][] {
  const found = Array.from({ length: regions.count }, (_, rank) =>
    extraNumbers(name, property, regions.region(rank)),
  );
  const shape = found.length > 0 ? found[0].shape : shapeOfNone(name, property, measured);
  checkShapes(
    name,
    "region",
    found.map((numbers) => numbers.shape),
  );
  return namesOf(name, shape, separator).map((column, index) => [
    column,
    Float64Array.from(found, ({ numbers }) => numbers[index]),
  ]);
}

/** The rows of all frames, under one another, with the frame in front. */
function filmTable(film: NdArray, options: RegionpropsTableOptions): Table {
  const { image } = options;
  if (image !== undefined) checkImage(image, film);
  const tables = Array.from({ length: film.shape[0] }, (_, time) =>
    regionsTable(film.at(time), image === undefined ? options : { ...options, image: image.at(time) }),
  );
  const all = Table.concat(tables);
  const frames = tables.flatMap((table, frame) => new Array<number>(table.rowCount).fill(frame));
  return new Table(
    [["frame", Int32Array.from(frames)], ...all.columnNames.map((name) => [name, all.column(name)] as const)],
    { units: measurementUnits(all.columnNames, film, options) },
  );
}

/**
 * Measure labelled regions (scikit-image's `regionprops_table`).
 *
 * The frames of a film, which is what has the axes `TYX` or `TZYX`, are measured each by itself.
 *
 * Left out, `properties` are those a biologist looks at first: label, area, bbox, centroid, equivalent_diameter_area,
 * eccentricity, solidity, perimeter and, with an image, intensity_mean (scikit-image has label and bbox alone), as
 * far as they are defined for the labels' axes and the spacing.
 *
 * @param labels `[y, x]` or `[z, y, x]` integers, or a film of them, values below 1 are background; not modified
 * @param options.properties scikit-image's names, e.g. `["label", "area", "centroid"]`, former ones too; arrays become
 *   columns `centroid-0`, `centroid-1`, and channels the last index
 * @param options.image intensity image with the labels' axes, or one more for channels
 * @param options.spacing pixel size along each axis, in the unit that areas and lengths are wanted in; default: the
 *   pixel size in µm that the labels or the image know (`array.spacing`), else 1; `spacing: 1` measures in pixels
 * @param options.separator between a property's name and its indices in the names of columns, default `"-"`
 * @param options.extraProperties functions by name, each given a region's mask and its intensities; their columns come
 *   last
 * @returns one row a label, ascending; label, num_pixels, bbox and euler_number are int32, everything else float64. Of a
 *   film one row a frame and label, with the column `frame`, from 0, in front
 * @throws {TypeError} if the labels are no integers, an option is unknown, or a property needs an image
 * @throws {RangeError} if a property is unknown or not measured in 3-D, or a shape or spacing doesn't fit
 * @example
 * regionpropsTable(mask, { image: image, properties: ["label", "area", "intensity_mean"] }).toCsv();
 */
export function regionpropsTable(labels: NdArray, options: RegionpropsTableOptions = {}): Table {
  checkMeasureOptions(
    "regionpropsTable",
    ["properties", "image", "spacing", "separator", "extraProperties"],
    options,
  );
  return isFilm(labels) ? filmTable(labels, options) : regionsTable(labels, options);
}

function regionsTable(labels: NdArray, options: RegionpropsTableOptions): Table {
  const { separator = "-", extraProperties } = options;
  const { regions, measured } = measuredRegions(labels, options);
  const extra = extraEntries(extraProperties, measured);
  const wanted = checkedNames(options.properties, measured).map((name) => {
    const property = propertyOf(name);
    const columns = namesOf(name, shapeOf(property, measured), separator).map(
      (column) => [column, new (property.whole ? Int32Array : Float64Array)(regions.count)] as const,
    );
    return { property, columns, arrays: columns.map(([, array]) => array) };
  });
  const ofRegions = wanted.flatMap(({ property, arrays }) => {
    if (!property.ofSums) return [{ of: property.of, channels: channelsOf(property, measured), arrays }];
    for (const [index, array] of arrays.entries()) {
      for (let row = 0; row < array.length; row++) {
        array[row] = property.ofSums(regions.sums, row, index, measured.spacing);
      }
    }
    return [];
  });
  // Region by region, so that what they keep for several properties is soon free again.
  for (let row = 0; row < regions.count && ofRegions.length > 0; row++) {
    const region = regions.region(row);
    for (const { of, channels, arrays } of ofRegions) {
      for (let channel = 0; channel < channels; channel++) {
        const numbers = of(region, channel);
        if (typeof numbers === "number") arrays[channel][row] = numbers;
        else for (let i = 0; i < numbers.length; i++) arrays[i * channels + channel][row] = numbers[i];
      }
    }
  }
  const own = extra.flatMap((entry) => extraColumns(entry, regions, measured, separator));
  const columns = [...wanted.flatMap((property) => property.columns), ...own];
  const names = columns.map(([name]) => name);
  return new Table(columns, { units: measurementUnits(names, labels, options) });
}
