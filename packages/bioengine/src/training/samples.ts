import { label } from "@bioengine/measure";
import { type NdArray, stack, zeros } from "@bioengine/ndarray";
import { grayValues } from "../grayvalues";

/** Annotated images as a training model takes them. */
export interface ModelSamples {
  readonly samples: readonly ModelSample[];
  /** [cytoplasm, nucleus] that fit the images where the caller chose none. */
  readonly channels: readonly [number, number];
}

/** One of them. */
export interface ModelSample {
  /** `[y, x, 3]` float32. */
  readonly image: NdArray;
  /** `[y, x, 1]` uint16. */
  readonly labels: NdArray;
}

/**
 * Check annotated images, and bring them into the form that a training model takes.
 *
 * @param samples pairs of an image, `[y, x]` or `[y, x, c]` of up to 4 channels, and labels, `[y, x]` or `[y, x, 1]`
 * @param name of the option that they come from, and `action` for messages
 * @throws {TypeError | RangeError} that names the first that can't be learnt from, and what to write instead
 */
export function modelSamples(
  samples: readonly (readonly NdArray[])[],
  name: string,
  action: string,
): ModelSamples {
  const isList = Array.isArray(samples);
  if (!isList || samples.length === 0 || isArray(samples[0])) {
    const got = isList ? (samples.length === 0 ? "none" : "one pair") : kindOf(samples);
    throw new TypeError(
      `Cannot ${action}: ${name} must be a list of pairs of image and labels, got ${got}; write [[image, labels]]`,
    );
  }
  const converted = samples.map((sample, index) => convert(sample, `${name}[${index}]`, action));
  const channels = converted.every(({ isGray }) => isGray) ? ([1, 0] as const) : ([1, 2] as const);
  return { samples: converted, channels };
}

function convert(
  sample: readonly NdArray[],
  name: string,
  action: string,
): ModelSample & { isGray: boolean } {
  if (!Array.isArray(sample) || sample.length !== 2 || !sample.every(isArray)) {
    const kinds = Array.isArray(sample) ? `[${sample.map(kindOf).join(", ")}]` : kindOf(sample);
    const advice = adviceFor[kinds] ?? "[image, labels]";
    throw new TypeError(`Cannot ${action}: ${name} must be a pair of arrays, got ${kinds}; write ${advice}`);
  }
  const [image, labels] = sample;
  const { channels, isGray } = channelsOf(image, `${name}[0]`, action);
  const plane = labels.ndim === 3 && labels.shape[2] === 1 ? labels.squeeze(2) : labels;
  checkLabels(plane, channels[0], `${name}[1]`, action);
  return {
    image: stack(channels, 2),
    labels: plane.astype("uint16").expandDims(2),
    isGray,
  };
}

/** An array of this or another copy of the library. */
const isArray = (value: unknown): value is NdArray =>
  typeof value === "object" && value !== null && "shape" in value && "dtype" in value && "astype" in value;

function kindOf(value: unknown): string {
  if (isArray(value)) return "array";
  if (Array.isArray(value)) return "list";
  return value === null ? "null" : typeof value;
}

/** What to write in place of a pair of other things. */
const adviceFor: Record<string, string> = {
  "[string, string]": "[await imread(image), await imread(labels)]",
  "[list, list]": "[ndarray(image), ndarray(labels)]",
};

/** Three channels `[y, x]` float32; of a gray image three times the same. */
function channelsOf(image: NdArray, name: string, action: string) {
  const { ndim, shape } = image;
  const count = ndim === 2 ? 1 : shape[2];
  if (image.size === 0 || ndim < 2 || ndim > 3 || count > 4) {
    const advice = ndim === 3 && count > 4 && shape[0] <= 4 ? "; write image.transpose([1, 2, 0])" : "";
    throw new RangeError(
      `Cannot ${action}: ${name} must be an image [y, x] or [y, x, c] of 1 to 4 channels, got shape [${shape.join(", ")}]${advice}`,
    );
  }
  const pixels = image.astype("float32");
  if (!pixels.data.some((value) => Number.isFinite(value))) {
    throw new RangeError(`Cannot ${action}: ${name} must have finite values, got ${pixels.data[0]} only`);
  }
  const planes =
    ndim === 2 ? [pixels] : Array.from({ length: Math.min(count, 3) }, (_, c) => pixels.slice(null, null, c));
  const [first, second, third] = planes;
  const isGray = planes.every((plane) => plane === first || plane.equal(first).all() === 1);
  if (isGray) return { channels: [first, first, first], isGray };
  return { channels: [first, second, third ?? zeros(first.shape, "float32")], isGray };
}

function checkLabels(labels: NdArray, image: NdArray, name: string, action: string): void {
  const refuse = (requirement: string, got: string): never => {
    throw new RangeError(`Cannot ${action}: ${name} must ${requirement}, got ${got}`);
  };
  const { dtype, shape } = labels;
  if (shape.join() !== image.shape.join()) {
    const advice = shape.length === 3 && shape[0] === 1 ? "; write labels.at(0)" : "";
    refuse(`have the image's shape [${image.shape.join(", ")}]`, `[${shape.join(", ")}]${advice}`);
  }
  const isFloat = dtype.includes("float");
  const fraction = isFloat ? labels.data.find((value) => !Number.isInteger(value)) : undefined;
  if (fraction !== undefined) {
    refuse("have whole numbers", `${fraction}; write label(labels.greater(0.5))`);
  }
  const [low, high] = [labels.min(), labels.max()];
  if (low < 0 || high > 65535) {
    const integers = isFloat ? 'labels.astype("int32")' : "labels";
    refuse("have labels from 0 to 65535", `${low} to ${high}; write relabelSequential(${integers})`);
  }
  if (high === 0) refuse("have objects", "background only; leave the image out, or label its objects");
  const gray = grayValues(labels);
  if (gray !== undefined) refuse("number objects", `${gray}; are image and labels swapped?`);
  const isForeground = labels.greater(0);
  const isOneLabel = labels.equal(high).equal(isForeground).all() === 1;
  if (isOneLabel && label(isForeground).max() > 1) {
    refuse("number its objects", `${high} for all of them; write label(labels.greater(0))`);
  }
}
