import type { NdArray } from "@bioengine/ndarray";
import { isFilm } from "../film";
import { properties } from "./property";
import { propertiesByName } from "./propertyname";
import type { RegionpropsTableOptions } from "./regionpropstable";

const { area, area_bbox, area_convex, area_filled } = properties;
const areas = new Set([area, area_bbox, area_convex, area_filled]);

const lengths = new Set([
  ...[properties.perimeter, properties.perimeter_crofton, properties.equivalent_diameter_area],
  ...[properties.feret_diameter_max, properties.axis_major_length, properties.axis_minor_length],
]);

/** What has a column for each axis. */
const places = new Set([
  ...[properties.centroid, properties.centroid_local],
  ...[properties.centroid_weighted, properties.centroid_weighted_local],
]);

/** What stands for itself in a regular expression. */
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * The units of measured columns, as far as they are known: µm if the arrays know their pixel size, else pixels. Of a
 * spacing that the caller gives, nobody has said the unit.
 *
 * @param columns names as `regionpropsTable` gives them, former ones too
 * @param mask what was measured, with which `options`
 * @returns unit by column name
 * @example
 * measurementUnits(["area", "solidity"], mask, { spacing: 1 }); // { area: "px" }
 */
export function measurementUnits(
  columns: readonly string[],
  mask: NdArray,
  { image, spacing, separator = "-" }: RegionpropsTableOptions,
): Record<string, string> {
  const ndim = isFilm(mask) ? mask.ndim - 1 : mask.ndim;
  const isKnown = [mask, image].some((array) => array?.spacing?.length === ndim);
  if (spacing !== undefined && spacing !== 1) return {};
  const micrometres = spacing === undefined && isKnown;
  const areaUnit = micrometres ? `µm${ndim === 3 ? "³" : "²"}` : "px";
  const lengthUnit = micrometres ? "µm" : "px";
  const indices = new RegExp(`(${escaped(separator)}\\d+)+$`);
  const units: Record<string, string> = {};
  for (const column of columns) {
    const [whole, indexed] = [column, column.replace(indices, "")].map((name) => propertiesByName.get(name));
    if (whole && areas.has(whole)) units[column] = areaUnit;
    else if (whole && lengths.has(whole)) units[column] = lengthUnit;
    else if (indexed && places.has(indexed)) units[column] = lengthUnit;
    else if (whole === properties.num_pixels || indexed === properties.bbox) units[column] = "px";
  }
  return units;
}
