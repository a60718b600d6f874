import { checkOptions, checkSpace, type NdArray } from "@bioengine/ndarray";
import { isFilm } from "../film";
import { labelImage } from "../labelimage";
import type { ExtraProperties } from "./extraproperty";
import type { Intensities } from "./intensity";
import type { Property } from "./property";
import { findRegions, type Measured, type Regions } from "./region";
import { Scratch } from "./scratch";

/** What regions are measured with. */
export interface MeasureOptions {
  /** Intensity image: the labels' axes, or one more for channels; any dtype. */
  image?: NdArray;
  /**
   * Pixel size along each axis, or one for all; areas and lengths come in its unit. Default: the pixel size in µm that
   * the labels or the image know (`array.spacing`), else 1. `spacing: 1` measures in pixels.
   */
  spacing?: number | readonly number[];
  /** Measurements of one's own by name, e.g. `{ roundness: (mask) => … }`; see `ExtraProperty`. */
  extraProperties?: ExtraProperties;
}

const action = "measure regions";

// What others call the intensity image.
const aliases = { intensityImage: "image", intensity_image: "image", intensity: "image" };

/** Check the options of a function that measures regions. */
export function checkMeasureOptions(name: string, names: readonly string[], options: object): void {
  if ("dtype" in Object(options)) {
    throw new TypeError(
      `Cannot ${action}: the image must be an option, got an array; use ${name}(…, { image: image })`,
    );
  }
  checkOptions({ name, action, options: names, aliases }, options);
}

/** What makes an image fit: its channels last, or the only plane of the labels. */
function imageFix(labels: NdArray, image: NdArray): string {
  const { ndim, shape } = labels;
  const axes = [...image.shape.keys()];
  const without = (channels: number): number[] => axes.filter((axis) => axis !== channels);
  const found = axes.filter(
    (axis) =>
      without(axis)
        .map((other) => image.shape[other])
        .join() === shape.join(),
  );
  // Where two axes are equally long, the name decides, or else the usual order, [c, y, x] or [t, c, y, x].
  const channels =
    found.find((axis) => image.axes?.[axis] === "C") ?? found.find((axis) => axis > 0 || !isFilm(labels));
  if (channels !== undefined) {
    return `; with the channels last: image.transpose([${[...without(channels), channels].join(", ")}])`;
  }
  return ndim === 3 && shape[0] === 1 && image.ndim < 4 ? "; use mask.at(0)" : "";
}

/**
 * Check an intensity image of labels, also those of a film, as a whole.
 *
 * @throws {TypeError | RangeError} if it is no NdArray, or its shape doesn't fit
 */
export function checkImage(image: NdArray, labels: NdArray): void {
  const { ndim, shape } = labels;
  if (!Array.isArray(image?.shape)) {
    throw new TypeError(`Cannot ${action}: the image must be an NdArray, got ${typeof image}`);
  }
  const isSame = shape.every((length, axis) => length === image.shape[axis]);
  if (!isSame || image.ndim < ndim || image.ndim > ndim + 1) {
    throw new RangeError(
      `Cannot ${action}: the image must have the labels' shape [${shape.join(", ")}], or one more axis for channels, got [${image.shape.join(", ")}]${imageFix(labels, image)}`,
    );
  }
}

function intensitiesOf(image: NdArray | undefined, labels: NdArray): Intensities | undefined {
  if (image === undefined) return undefined;
  checkImage(image, labels);
  const { ndim } = labels;
  const { data } = image;
  const plain =
    data instanceof BigInt64Array || data instanceof BigUint64Array ? Float64Array.from(data, Number) : data;
  const isFloat = image.dtype.includes("float");
  return {
    image,
    data: plain,
    channels: image.shape[ndim] ?? 1,
    multichannel: image.ndim > ndim,
    float: isFloat,
  };
}

function spacingOf(spacing: number | readonly number[], ndim: number): number[] {
  const lengths = typeof spacing === "number" ? new Array<number>(ndim).fill(spacing) : [...spacing];
  if (lengths.length !== ndim || !lengths.every((length) => Number.isFinite(length) && length > 0)) {
    throw new RangeError(
      `Cannot ${action}: spacing must be ${ndim} numbers above 0, got [${lengths.join(", ")}]`,
    );
  }
  return lengths;
}

/** The pixel size that the arrays know for each axis of the labels; 1 if they don't. */
const knownSpacing = (labels: NdArray, image: NdArray | undefined): number | readonly number[] =>
  [labels.spacing, image?.spacing].find((spacing) => spacing?.length === labels.ndim) ?? 1;

/** Check the inputs of a measurement and gather its regions. */
export function measuredRegions(
  labels: NdArray,
  { image, spacing }: MeasureOptions,
): { regions: Regions; measured: Measured } {
  if (isFilm(labels)) {
    throw new RangeError(
      `Cannot ${action}: the labels must be of one time, got axes ${labels.axes}; use mask.at(0), or regionpropsTable(mask) for all frames`,
    );
  }
  const checked = labelImage(labels, action);
  checkSpace(labels, { name: "regionpropsTable", action, subject: "mask", isList: true });
  const measured = {
    labels: checked,
    intensities: intensitiesOf(image, labels),
    spacing: spacingOf(spacing ?? knownSpacing(labels, image), checked.ndim),
    scratch: new Scratch(),
  };
  return { regions: findRegions(measured, action), measured };
}

/** Why a property can't be measured; undefined if it can. */
export function refusal(name: string, property: Property, measured: Measured): Error | undefined {
  const { labels, intensities, spacing } = measured;
  if (property.planar && labels.ndim === 3) {
    const fix = labels.depth === 1 ? "; use mask.at(0)" : "";
    return new RangeError(`Cannot measure ${name}: the labels must be 2-D, got 3-D ones${fix}`);
  }
  if (property.intensity && intensities === undefined) {
    return new TypeError(`Cannot measure ${name}: an intensity image is needed; use { image: image }`);
  }
  const needed = property.spacing === "unit" ? 1 : spacing[0];
  if (property.spacing && spacing.some((length) => length !== needed)) {
    const wanted = property.spacing === "unit" ? "1" : "equal along all axes";
    return new RangeError(
      `Cannot measure ${name}: the spacing must be ${wanted}, got [${spacing.join(", ")}]`,
    );
  }
  return undefined;
}

/** The shape of a property, channels last; [] for a number. */
export function shapeOf(property: Property, { labels, intensities }: Measured): readonly number[] {
  const shape = property.shape(labels.ndim);
  return property.intensity && intensities?.multichannel ? [...shape, intensities.channels] : shape;
}

/** How many times a property is measured on a region: once for each channel of intensities. */
export const channelsOf = (property: Property, { intensities }: Measured): number =>
  property.intensity && intensities?.multichannel ? intensities.channels : 1;
