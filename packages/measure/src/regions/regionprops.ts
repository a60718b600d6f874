import type { NdArray } from "@bioengine/ndarray";
import { type ExtraProperties, type ExtraProperty, extraEntries, extraNumbers } from "./extraproperty";
import {
  channelsOf,
  checkMeasureOptions,
  type MeasureOptions,
  measuredRegions,
  refusal,
  shapeOf,
} from "./measurement";
import type { Property } from "./property";
import { imagesByName, propertiesByName } from "./propertyname";
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
  const channels = Array.from({ length: channelsOf(property, region.measured) }, (_, channel) => {
    const numbers = property.of(region, channel);
    return typeof numbers === "number" ? [numbers] : Array.from(numbers);
  });
  const numbers = channels[0].flatMap((_, index) => channels.map((own) => own[index]));
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

for (const [name, imageOf] of imagesByName) {
  Object.defineProperty(prototype, name, {
    enumerable: true,
    get(this: Owner) {
      const image = imageOf(this[REGION]);
      if (image !== undefined) return image;
      throw new TypeError(`Cannot measure ${name}: an intensity image is needed; use { image: image }`);
    },
  });
}

/** Properties that are read by calling the caller's functions. */
function extraGetters(extra: readonly [string, ExtraProperty][]): PropertyDescriptorMap {
  const getters = extra.map(([name, property]) => [
    name,
    {
      enumerable: true,
      get(this: Owner) {
        const { numbers, shape } = extraNumbers(name, property, this[REGION]);
        return shape.length === 0 ? numbers[0] : nest(numbers, shape);
      },
    },
  ]);
  return Object.fromEntries(getters);
}

/** What extra properties give, by their names. */
// biome-ignore lint/suspicious/noExplicitAny: with channels an array of one for each, which the types can't know
export type ExtraValues<Extra extends ExtraProperties> = { readonly [Name in keyof Extra]: any };

/**
 * Measure labelled regions one by one (scikit-image's `regionprops`). For a table, use `regionpropsTable`.
 *
 * @param labels `[y, x]` or `[z, y, x]` integers, values below 1 are background; not modified, and not read again
 * @param options.image intensity image, for the `intensity_…` and `…_weighted` properties; read when those are
 * @param options.spacing pixel size along each axis, in the unit that areas and lengths are wanted in; default: the
 *   pixel size in µm that the labels or the image know (`array.spacing`), else 1; `spacing: 1` measures in pixels
 * @param options.extraProperties functions by name, each given a region's mask and its intensities when it is read
 * @returns one object a label, ascending; a property that isn't defined for the labels throws when it is read
 * @throws {TypeError} if the labels are no integers, or an option is unknown
 * @throws {RangeError} if the axes, the image's shape or the spacing don't fit
 * @example
 * regionprops(label(mask)).map((region) => region.area);
 */
export function regionprops<Extra extends ExtraProperties = Record<never, never>>(
  labels: NdArray,
  options: MeasureOptions & { extraProperties?: Extra } = {},
): (RegionProperties & ExtraValues<Extra>)[] {
  checkMeasureOptions("regionprops", ["image", "spacing", "extraProperties"], options);
  const { regions, measured } = measuredRegions(labels, options);
  const extended = Object.create(prototype, extraGetters(extraEntries(options.extraProperties, measured)));
  return Array.from({ length: regions.count }, (_, rank) =>
    Object.create(extended, { [REGION]: { value: regions.region(rank) } }),
  );
}
