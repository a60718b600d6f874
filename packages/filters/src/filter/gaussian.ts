import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { type Border, type BorderMode, checkMode } from "../border";
import { knownChannelAxis, oneChannel } from "../channels";
import { checkImage, checkSpatialImage, type Floats, floatImage, type Scaled, scaledOf } from "../image";
import { checkNumber, perAxis } from "../option";
import { correlated } from "./correlation";
import { symmetric } from "./taps";

/** How `gaussian` smooths. */
export interface GaussianOptions {
  /** Standard deviation in pixels, one for all axes or one for each (0 = not along this one). Default 1. */
  sigma?: number | readonly number[];
  /** What is beyond the edge. Default `"nearest"`. */
  mode?: BorderMode;
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
  /** Keep the values of integers, which are otherwise scaled to 0 .. 1. Default false. */
  preserveRange?: boolean;
  /** Where the Gaussian ends, in standard deviations. Default 4. */
  truncate?: number;
  /** The axis of the channels, which are smoothed one by one: -1 for `[y, x, c]`. Default: the known one, if any. */
  channelAxis?: number;
}

/** A Gaussian from its middle to its end, of sum 1 with the mirrored half. */
export function gaussianHalf(sigma: number, truncate: number): Float64Array {
  const radius = Math.floor(truncate * sigma + 0.5);
  const half = Float64Array.from({ length: radius + 1 }, (_, x) =>
    Math.exp((-0.5 / (sigma * sigma)) * x * x),
  );
  const sum = half.reduce((total, weight, x) => total + (x === 0 ? weight : 2 * weight), 0);
  return half.map((weight) => weight / sum);
}

/**
 * Smooth along all axes (SciPy's `gaussian_filter`); axes whose sigma is 0 are left.
 *
 * @returns new floats
 */
export function smoothed(
  image: Scaled,
  shape: readonly number[],
  sigma: readonly number[],
  border: Border,
  truncate: number = 4,
): Floats {
  const kernels = sigma.map((one) => (one <= 1e-15 ? undefined : symmetric(gaussianHalf(one, truncate))));
  return correlated(image, shape, kernels, border);
}

const door = {
  name: "gaussian",
  action: "smooth",
  options: ["sigma", "mode", "cval", "preserveRange", "truncate", "channelAxis"],
  aliases: { multichannel: "channelAxis" },
};

/**
 * Smooth an image with a Gaussian (scikit-image's `gaussian`).
 *
 * @param image `[y, x]` or `[z, y, x]`, or with channels, any dtype; not modified
 * @returns float64, or float32 for float32 and float16 images; integers become 0 .. 1 (int: -1 .. 1), unless
 *   `preserveRange`
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const smoothed = gaussian(image, { sigma: 2 });
 */
export function gaussian(image: NdArray, options: GaussianOptions = {}): NdArray<"float32" | "float64"> {
  checkImage(image, door.action, [1, 2, 3, 4]);
  checkOptions(door, options);
  const { sigma = 1, mode = "nearest", cval = 0, preserveRange, truncate = 4 } = options;
  const isOfAllAxes = Array.isArray(sigma) && sigma.length === image.ndim;
  const { channelAxis = isOfAllAxes ? undefined : knownChannelAxis(image) } = options;
  checkMode(door.action, mode);
  checkNumber(door.action, "truncate", truncate, "above 0", truncate > 0);
  const { ndim, shape } = image;
  const channel = channelAxis === undefined ? undefined : (channelAxis + ndim) % ndim;
  const reach = channel === undefined ? undefined : oneChannel(image, channel);
  if (!isOfAllAxes) checkSpatialImage(image, door, [ndim], reach);
  const spatial = channel === undefined ? ndim : ndim - 1;
  const deviations = perAxis(door.action, "sigma", sigma, spatial, "at least 0", (one) => one >= 0);
  if (channel !== undefined) deviations.splice(channel, 0, 0);
  const source = scaledOf(image, preserveRange);
  return floatImage(smoothed(source, shape, deviations, { mode, cval }, truncate), image);
}
