import type { NdArray } from "@bioengine/ndarray";
import { labelImage } from "./labelimage";
import { type Getter, type PropertyValue, propertyOf } from "./property";
import { findRegions, type Intensities, type Measured, type Region } from "./region";

/** What regions are measured with. */
export interface MeasureOptions {
  /** Intensity image: the labels' axes, or one more for channels; any dtype. */
  image?: NdArray;
  /** Pixel size along each axis, or one for all; areas and lengths come in its unit. Default 1. */
  spacing?: number | readonly number[];
}

function intensitiesOf(image: NdArray | undefined, labels: NdArray): Intensities | undefined {
  if (image === undefined) return undefined;
  const { ndim } = labels;
  const fits = image.ndim - ndim <= 1 && labels.shape.every((length, axis) => length === image.shape[axis]);
  if (!fits || image.ndim < ndim) {
    throw new RangeError(
      `Cannot measure regions: the image must have the labels' shape [${labels.shape.join(", ")}], or one more axis for channels, got [${image.shape.join(", ")}]`,
    );
  }
  const { data } = image;
  const plain =
    data instanceof BigInt64Array || data instanceof BigUint64Array ? Float64Array.from(data, Number) : data;
  return { data: plain, channels: image.shape[ndim] ?? 1, multichannel: image.ndim > ndim };
}

function spacingOf(spacing: number | readonly number[], ndim: number): number[] {
  const lengths = typeof spacing === "number" ? new Array<number>(ndim).fill(spacing) : [...spacing];
  if (lengths.length !== ndim || !lengths.every((length) => Number.isFinite(length) && length > 0)) {
    throw new RangeError(
      `Cannot measure regions: spacing must be ${ndim} numbers above 0, got [${lengths.join(", ")}]`,
    );
  }
  return lengths;
}

/** Check the inputs of a measurement and gather its regions. */
export function measuredRegions(
  labels: NdArray,
  options: MeasureOptions,
): { regions: Region[]; measured: Measured } {
  const image = labelImage(labels, "measure regions");
  const measured = {
    labels: image,
    intensities: intensitiesOf(options.image, labels),
    spacing: spacingOf(options.spacing ?? 1, image.ndim),
  };
  return { regions: findRegions(measured), measured };
}

/**
 * Check that a property can be measured.
 *
 * @throws {RangeError} if it is unknown or not defined in 3-D
 * @throws {TypeError} if it needs an image and there is none
 */
export function checkProperty(requested: string, { labels, intensities }: Measured): void {
  const { property } = propertyOf(requested);
  if (property.planar && labels.ndim === 3) {
    throw new RangeError(`Cannot measure ${requested}: it is defined for 2-D labels, got 3-D ones`);
  }
  if (property.channel && intensities === undefined) {
    throw new TypeError(`Cannot measure ${requested}: an intensity image is needed; use { image: image }`);
  }
}

/** Measures properties of one region, each once. */
export function getterOf(region: Region): Getter {
  const known = new Map<string, PropertyValue>();
  const getter: Getter = {
    region,
    value(requested) {
      const { name, property } = propertyOf(requested);
      let value = known.get(name);
      if (value === undefined) {
        value = property.channel ? channelValues(property.channel) : property.measure(getter);
        known.set(name, value);
      }
      return value;
    },
    number: (name) => Number(getter.value(name)),
  };
  // The channel is the last index of a multichannel value.
  const channelValues = (channel: (get: Getter, channel: number) => PropertyValue): PropertyValue => {
    const { channels = 1, multichannel = false } = region.measured.intensities ?? {};
    if (!multichannel) return channel(getter, 0);
    const values = Array.from({ length: channels }, (_, index) => channel(getter, index));
    return interleave(values);
  };
  return getter;
}

function interleave(values: readonly PropertyValue[]): PropertyValue {
  const [first] = values;
  if (typeof first === "number") return values as readonly number[];
  return first.map((_, index) =>
    interleave(values.map((value) => (value as PropertyValue[])[index])),
  ) as PropertyValue;
}
