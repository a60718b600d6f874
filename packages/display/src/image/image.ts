import { NdArray } from "@bioengine/ndarray";
import { quantiles } from "../quantile";
import { type Picture, type Size, scalePlanes, shrink } from "./picture";

/** An image is stretched so that these quantiles of a channel become black and full brightness. */
export const darkQuantile = 0.01;
export const brightQuantile = 0.998;

/** What the axes of an image mean. */
export interface ImageLayout extends Size {
  /** 1 grey, 2 green and magenta, 3 RGB, 4 RGB and an alpha that is not shown */
  readonly channels: number;
  readonly planes: number;
}

/**
 * Read the axes `[y, x]` or `[y, x, c]`, of a stack `[z, y, x]` or `[z, y, x, c]`, off an array's shape.
 *
 * @throws {TypeError} if it is no NdArray
 * @throws {RangeError} if it has other axes: says how to convert
 */
export function imageLayout(image: unknown, action: string, isStack = false): ImageLayout {
  if (!(image instanceof NdArray)) {
    throw new TypeError(
      `Cannot ${action}: the image must be an NdArray such as await imread("nuclei.tif") returns, got ${kindOf(image)}`,
    );
  }
  const [planes, ...plane] = isStack ? image.shape : [1, ...image.shape];
  const [height = 0, width = 0, channels = 1] = plane;
  if ((plane.length === 2 || (plane.length === 3 && channels >= 1 && channels <= 4)) && image.size > 0) {
    return { height, width, channels, planes: planes ?? 1 };
  }
  if (isStack) {
    throw new RangeError(
      `Cannot ${action}: the image must be [z, y, x] or [z, y, x, c] with 1 to 4 channels, got [${image.shape.join(", ")}]`,
    );
  }
  throw new RangeError(
    `Cannot ${action}: the image must be [y, x] or [y, x, c] with 1 to 4 channels, got [${image.shape.join(", ")}]${conversion(image)}`,
  );
}

/** Any value in a few words, for messages. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (value instanceof Promise) return "a Promise (await it)";
  if (Array.isArray(value)) return "a plain array (make it one with ndarray(value))";
  if (typeof value === "object") return `an object of class ${value.constructor?.name ?? "null"}`;
  return `a ${typeof value}`;
}

/** The elements in C order as numbers; shared with the array where possible, so not to be written to. */
export function numbersOf(array: NdArray): ArrayLike<number> {
  const data = array.data;
  return data instanceof BigInt64Array || data instanceof BigUint64Array
    ? Float64Array.from(data, Number)
    : data;
}

/**
 * An image as 8 bit, at most `edge` pixels long, a stack of no more pixels than that in all, its planes one below the
 * other.
 *
 * Each channel is stretched between its 1 and 99.8 percent quantiles; 8-bit colour by one range for all channels,
 * as its hues are meant as they are. Two channels show as green and magenta.
 */
export function toPicture(image: NdArray, edge: number, isStack = false): Picture {
  const { channels, planes, ...plane } = imageLayout(image, "show image", isStack);
  let values = numbersOf(image);
  let size: Size = { width: plane.width, height: plane.height * planes };
  const factor = Math.min(
    edge / Math.max(plane.width, plane.height),
    edge / Math.sqrt(size.width * size.height),
  );
  if (factor < 1) {
    const smaller = scalePlanes(size, planes, factor);
    values = shrink(values, size, channels, smaller);
    size = smaller;
  }
  const ranges = displayRanges(values, channels, image.dtype);
  const pixels = channels === 1 ? grey(values, ranges[0]!) : colour(values, channels, ranges);
  return { ...size, channels: channels === 1 ? 1 : 3, pixels };
}

type Range = readonly [low: number, high: number];

function displayRanges(values: ArrayLike<number>, channels: number, dtype: string): Range[] {
  if (dtype === "bool") return Array.from({ length: channels }, () => [0, 1]);
  const ranges = Array.from({ length: Math.min(channels, 3) }, (_, channel) => {
    const quantile = quantiles(values, channel, channels);
    const range: Range = [quantile(darkQuantile), quantile(brightQuantile)];
    // A few bright specks on nothing lie beyond both quantiles.
    return range[0] < range[1] ? range : ([quantile(0), quantile(1)] as const);
  });
  if (dtype !== "uint8" || channels < 3) return ranges;
  const common: Range = [
    Math.min(...ranges.map(([low]) => low)),
    Math.max(...ranges.map(([, high]) => high)),
  ];
  return ranges.map(() => common);
}

function grey(values: ArrayLike<number>, range: Range): Uint8Array {
  const pixels = new Uint8Array(values.length);
  stretch(values, 0, 1, range, pixels, [0], 1);
  return pixels;
}

function colour(values: ArrayLike<number>, channels: number, ranges: readonly Range[]): Uint8Array {
  const pixels = new Uint8Array((values.length / channels) * 3);
  const targets = channels === 2 ? [[1], [0, 2]] : [[0], [1], [2]];
  for (const [channel, target] of targets.entries()) {
    stretch(values, channel, channels, ranges[channel]!, pixels, target, 3);
  }
  return pixels;
}

function stretch(
  values: ArrayLike<number>,
  channel: number,
  channels: number,
  [low, high]: Range,
  pixels: Uint8Array,
  targets: readonly number[],
  step: number,
): void {
  // A channel of one value only: nothing to see in it, unless it is lit.
  const scale = high > low ? 255 / (high - low) : 0;
  const base = high > low || !(low > 0) ? 0.5 : 128;
  for (let i = channel, at = 0; i < values.length; i += channels, at += step) {
    const level = (values[i]! - low) * scale + base;
    // NaN fails both comparisons and is stored as 0.
    const byte = level > 255 ? 255 : level < 0 ? 0 : level;
    for (const target of targets) pixels[at + target] = byte;
  }
}

function conversion(image: NdArray): string {
  const [first = 0, ...rest] = image.shape;
  if (image.size === 0) return ", which has no pixels";
  if (image.ndim === 3 && first === 1) return ": show image.at(0)";
  if (image.ndim === 3 && first <= 4) return ": show image.transpose([1, 2, 0]), with the channels last";
  if (image.ndim === 3 && rest[1]! > 4) return ": show one plane, such as image.at(0)";
  if (image.ndim > 3)
    return `: show one plane, such as image.at(${Array(image.ndim - 2)
      .fill(0)
      .join(", ")})`;
  return "";
}
