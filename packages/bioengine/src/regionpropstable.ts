import { linkMask } from "@bioengine/display";
import { regionpropsTable as measureRegions, type RegionpropsTableOptions } from "@bioengine/measure";
import type { NdArray, Table } from "@bioengine/ndarray";

/**
 * Measure each labelled object: scikit-image's `regionprops_table`, as a table that is linked to the mask it
 * was made from when both are shown.
 *
 * @param mask `[y, x]` or `[z, y, x]` integers, or a film of them (axes `TYX`, `TZYX`), 0 = background; not modified
 * @param options.image intensity image with the mask's axes, or one more for channels
 * @param options.properties scikit-image's names, e.g. `["label", "area", "centroid"]`
 * @param options.spacing pixel size along each axis, in the unit that areas and lengths are wanted in; default: the
 *   pixel size in µm that the labels or the image know (`array.spacing`), else 1; `spacing: 1` measures in pixels
 * @param options.extraProperties functions by name, e.g. `{ roundness: (mask) => … }`, each given an object's mask and
 *   its intensities
 * @param options.separator between a name and its indices, default `"-"`
 * @returns one row per label, ascending, and of a film one per frame and label, with the frame in front; vectors become columns `centroid-0`, `centroid-1`
 * @throws {TypeError | RangeError} if the mask is not of integers, the image's shape differs, or a property is unknown
 * @example
 * regionpropsTable(mask, { image: image, properties: ["label", "area", "intensity_mean"] });
 */
export function regionpropsTable(mask: NdArray, options: RegionpropsTableOptions = {}): Table {
  const table = measureRegions(mask, options);
  linkMask(table, mask);
  return table;
}
