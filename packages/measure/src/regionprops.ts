import type { NdArray } from "@bioengine/ndarray";
import {
  checkOptions,
  type MeasureOptions,
  measuredRegions,
  measurer,
  refusal,
  shapeOf,
} from "./measurement";
import type { Property } from "./property";
import { propertiesByName } from "./propertyname";
import type { Region } from "./region";
import type { RegionProperties } from "./regionproperties";

type Nested = number | readonly Nested[];

/** Numbers in C order as nested arrays. */
function nest(numbers: ArrayLike<number>, [length, ...rest]: readonly number[]): Nested {
  if (rest.length === 0) return Array.from(numbers);
  const list = Array.from(numbers);
  const size = list.length / length;
  return Array.from({ length }, (_, index) => nest(list.slice(index * size, (index + 1) * size), rest));
}

function read(region: Region, name: string, property: Property): Nested {
  const error = refusal(name, property, region.measured);
  if (error) throw error;
  const numbers = measurer(property, region.measured)(region);
  const shape = shapeOf(property, region.measured);
  return shape.length === 0 ? numbers[0] : nest(numbers, shape);
}

const REGION = Symbol("region");

interface Owner {
  readonly [REGION]: Region;
}

// All getters are on the prototype: thousands of regions cost no more than their runs.
const prototype = {
  /** What `JSON.stringify` writes: what every region has. */
  toJSON(this: RegionProperties): object {
    const { label, area, bbox, centroid } = this;
    return { label, area, bbox, centroid };
  },
  /** What `console.log` shows, which would say `[Getter]`. */
  [Symbol.for("nodejs.util.inspect.custom")](this: RegionProperties): object {
    return prototype.toJSON.call(this);
  },
};

for (const [name, property] of propertiesByName) {
  Object.defineProperty(prototype, name, {
    enumerable: true,
    get(this: Owner) {
      return read(this[REGION], name, property);
    },
  });
}

/**
 * Measure labelled regions one by one (scikit-image's `regionprops`). For a table, use `regionpropsTable`.
 *
 * @param labels `[y, x]` or `[z, y, x]` integers, values below 1 are background; not modified, and not read again
 * @param options.image intensity image, for the `intensity_…` and `…_weighted` properties; read when those are
 * @param options.spacing pixel size along each axis, in the unit that areas and lengths are wanted in; default: the
 *   pixel size in µm that the labels or the image know (`array.spacing`), else 1; `spacing: 1` measures in pixels
 * @returns one object a label, ascending; a property that isn't defined for the labels throws when it is read
 * @throws {TypeError} if the labels are no integers, or an option is unknown
 * @throws {RangeError} if the axes, the image's shape or the spacing don't fit
 * @example
 * regionprops(label(mask)).map((region) => region.area);
 */
export function regionprops(labels: NdArray, options: MeasureOptions = {}): RegionProperties[] {
  checkOptions(options, ["image", "spacing"]);
  const { regions } = measuredRegions(labels, options);
  return Array.from({ length: regions.count }, (_, rank) =>
    Object.create(prototype, { [REGION]: { value: regions.region(rank) } }),
  );
}
