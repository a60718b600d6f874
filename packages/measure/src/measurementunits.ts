import type { NdArray } from "@bioengine/ndarray";
import { properties } from "./property";
import { propertiesByName } from "./propertyname";
import type { RegionpropsTableOptions } from "./regionpropstable";

const { area, area_bbox, area_convex, area_filled } = properties;
const areas = new Set([area, area_bbox, area_convex, area_filled]);

const lengths = new Set([
  ...[properties.perimeter, properties.perimeter_crofton, properties.equivalent_diameter_area],
  ...[properties.feret_diameter_max, properties.axis_major_length, properties.axis_minor_length],
  ...[properties.centroid, properties.centroid_local],
  ...[properties.centroid_weighted, properties.centroid_weighted_local],
]);

const pixels = new Set([properties.bbox, properties.num_pixels]);

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
  { image, spacing, separator = "-", extraProperties = {} }: RegionpropsTableOptions,
): Record<string, string> {
  const isKnown = [mask, image].some((array) => array?.spacing?.length === mask.ndim);
  if (spacing !== undefined && spacing !== 1) return {};
  const micrometres = spacing === undefined && isKnown;
  const areaUnit = micrometres ? `µm${mask.ndim === 3 ? "³" : "²"}` : "px";
  const indices = new RegExp(`(${escaped(separator)}\\d+)+$`);
  const units: Record<string, string> = {};
  for (const column of columns) {
    const name = column.replace(indices, "");
    const property = propertiesByName.get(column) ?? propertiesByName.get(name);
    if (property === undefined || name in extraProperties) continue;
    if (areas.has(property)) units[column] = areaUnit;
    else if (lengths.has(property)) units[column] = micrometres ? "µm" : "px";
    else if (pixels.has(property)) units[column] = "px";
  }
  return units;
}
