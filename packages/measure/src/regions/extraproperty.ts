import { NdArray, zeros } from "@bioengine/ndarray";
import { isPropertyName } from "./propertyname";
import type { Measured, Region } from "./region";
import { intensityImage, regionImage } from "./regionimages";

/**
 * A measurement of one's own.
 *
 * @param mask the region as a bool mask of its bounding box
 * @param intensities the intensity image's box, 0 outside of the region; of one channel
 * @returns a number, or as many numbers for every region
 */
export type ExtraProperty = (mask: NdArray<"bool">, intensities: NdArray) => number | readonly number[];

/** Measurements of one's own, by the name of their columns. */
export type ExtraProperties = Readonly<Record<string, ExtraProperty>>;

/** What an extra property gave: numbers in C order, channels last. */
export interface ExtraNumbers {
  readonly numbers: readonly number[];
  /** [] is a number. */
  readonly shape: readonly number[];
}

function checked(name: string, value: unknown): number | readonly number[] {
  const isList = Array.isArray(value) && value.every((item) => typeof item === "number");
  if (typeof value === "number" || isList) return value as number | readonly number[];
  const isArray = value instanceof NdArray;
  const advice = isArray ? "; use array.toArray()" : typeof value === "boolean" ? "; use Number(…)" : "";
  throw new TypeError(
    `Cannot measure ${name}: the function must return a number or an array of numbers, got ${isArray ? "an NdArray" : typeof value}${advice}`,
  );
}

const shapeOf = (value: number | readonly number[]): readonly number[] =>
  typeof value === "number" ? [] : [value.length];

/**
 * Check that the parts of a measurement, those of each region or of each channel, have one shape.
 *
 * @param what the parts are
 * @throws {RangeError} if one has another
 */
export function checkShapes(name: string, what: string, shapes: readonly (readonly number[])[]): void {
  const other = shapes.find((shape) => shape.join() !== shapes[0].join());
  if (other === undefined) return;
  throw new RangeError(
    `Cannot measure ${name}: the function must return as many numbers for every ${what}, got [${shapes[0].join(", ")}] and [${other.join(", ")}]`,
  );
}

/** Call an extra property, with channels on each of them. */
function measured(
  name: string,
  property: ExtraProperty,
  mask: NdArray<"bool">,
  intensities: NdArray | undefined,
): ExtraNumbers {
  if (intensities === undefined || intensities.ndim === mask.ndim) {
    // One without a second parameter never sees that there is no image; others are refused before.
    const value = checked(name, property(mask, intensities as NdArray));
    return { numbers: [value].flat(), shape: shapeOf(value) };
  }
  const channels = intensities.shape[mask.ndim];
  const whole = mask.shape.map(() => null);
  const values = Array.from({ length: channels }, (_, channel) =>
    checked(name, property(mask, intensities.slice(...whole, channel))),
  );
  checkShapes(name, "channel", values.map(shapeOf));
  const [first] = values;
  if (typeof first === "number") return { numbers: values.flat(), shape: [channels] };
  return {
    numbers: first.flatMap((_, index) => values.map((value) => (value as readonly number[])[index])),
    shape: [first.length, channels],
  };
}

/** Measure an extra property of a region. */
export function extraNumbers(name: string, property: ExtraProperty, region: Region): ExtraNumbers {
  return measured(name, property, regionImage(region), intensityImage(region));
}

/** The shape of an extra property where there is no region: that of a single pixel's. */
export function shapeOfNone(
  name: string,
  property: ExtraProperty,
  { labels, intensities }: Measured,
): readonly number[] {
  const pixel = new Array<number>(labels.ndim).fill(1);
  const mask = zeros(pixel, "bool").logicalNot();
  if (intensities === undefined) return measured(name, property, mask, undefined).shape;
  const { channels, image, multichannel } = intensities;
  return measured(name, property, mask, zeros(multichannel ? [...pixel, channels] : pixel, image.dtype))
    .shape;
}

/**
 * Check extra properties at the public door.
 *
 * @returns each with its name
 * @throws {TypeError} if they are no functions by name, or one needs an image that isn't there
 * @throws {RangeError} if a name is taken
 */
export function extraEntries(
  extraProperties: ExtraProperties | undefined,
  { intensities }: Measured,
): [string, ExtraProperty][] {
  if (extraProperties === undefined) return [];
  if (Array.isArray(extraProperties) || typeof extraProperties !== "object" || extraProperties === null) {
    const given: unknown[] = Array.isArray(extraProperties) ? extraProperties : [extraProperties];
    const names = given.map((item) => (typeof item === "function" && item.name) || "roundness");
    const kind = Array.isArray(extraProperties) ? "an array" : `a ${typeof extraProperties}`;
    throw new TypeError(
      `Cannot measure regions: extraProperties must be functions by name, got ${kind}; use { extraProperties: { ${names.join(", ")} } }`,
    );
  }
  const entries = Object.entries(extraProperties);
  for (const [name, property] of entries) {
    if (typeof property !== "function") {
      throw new TypeError(
        `Cannot measure ${name}: an extra property must be a function, got a ${typeof property}; use { extraProperties: { ${name}: (mask) => mask.sum() } }`,
      );
    }
    if (isPropertyName(name)) {
      throw new RangeError(
        `Cannot measure ${name}: an extra property must have a name of its own, got that of scikit-image's; use { extraProperties: { my_${name}: … } }`,
      );
    }
    if (property.length > 1 && intensities === undefined) {
      throw new TypeError(`Cannot measure ${name}: an intensity image is needed; use { image: image }`);
    }
  }
  return entries;
}
