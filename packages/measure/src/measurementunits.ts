import type { NdArray } from "@bioengine/ndarray";
import type { RegionpropsTableOptions } from "./regionpropstable";

const areas = /^area(_bbox|_convex|_filled)?$/;
const lengths =
  /^(perimeter(_crofton)?|equivalent_diameter_area|feret_diameter_max|axis_(major|minor)_length|centroid(_weighted)?(_local)?-[\d-]+)$/;

/**
 * The units of measured columns, as far as they are known: µm if the arrays know their pixel size, else pixels. Of a
 * spacing that the caller gives, nobody has said the unit.
 *
 * @param columns names as `regionpropsTable` gives them
 * @param mask what was measured, with which `options`
 * @returns unit by column name
 * @example
 * measurementUnits(["area", "solidity"], mask, { spacing: 1 }); // { area: "px" }
 */
export function measurementUnits(
  columns: readonly string[],
  mask: NdArray,
  { image, spacing }: RegionpropsTableOptions,
): Record<string, string> {
  const isKnown = [mask, image].some((array) => array?.spacing?.length === mask.ndim);
  if (spacing !== undefined && spacing !== 1) return {};
  const micrometres = spacing === undefined && isKnown;
  const area = micrometres ? `µm${mask.ndim === 3 ? "³" : "²"}` : "px";
  const length = micrometres ? "µm" : "px";
  const units: Record<string, string> = {};
  for (const column of columns) {
    if (areas.test(column)) units[column] = area;
    else if (lengths.test(column)) units[column] = length;
    else if (/^(bbox-|num_pixels$)/.test(column)) units[column] = "px";
  }
  return units;
}
