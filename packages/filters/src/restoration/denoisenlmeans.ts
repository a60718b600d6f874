import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { padded, solidShape } from "../border";
import { channelsOf, checkChannels, setChannel } from "../channels";
import { floatImage, floatsOf, newFloatsOf } from "../image";
import { checkNumber } from "../option";
import { fastMargin, fastNonLocalMeans } from "./fastnonlocalmeans";
import { nonLocalMeans } from "./nonlocalmeans";

/** How `denoiseNlMeans` compares patches. */
export interface DenoiseNlMeansOptions {
  /** Side of the patches in pixels; an even one counts as the odd one above it. Default 7. */
  patchSize?: number;
  /** How far apart patches may be along each axis, in pixels. Default 11. */
  patchDistance?: number;
  /** How much patches may differ, in grey values: about the noise's standard deviation; more is smoother. Default 0.1. */
  h?: number;
  /** Let all pixels of a patch weigh the same, which takes time independent of its size; else the middle weighs most. Default true. */
  fastMode?: boolean;
  /** The noise's standard deviation in grey values, taken off all differences; h may then be 0.8 `sigma`. Default 0. */
  sigma?: number;
  /** Keep the values of integers, which are otherwise scaled to 0 .. 1, with h and sigma on that scale. Default false. */
  preserveRange?: boolean;
  /** The axis of the channels, which are compared together: -1 for `[y, x, c]`. Default: the known one, if any. */
  channelAxis?: number;
}

const door = {
  name: "denoiseNlMeans",
  action: "denoise",
  options: ["patchSize", "patchDistance", "h", "fastMode", "sigma", "preserveRange", "channelAxis"],
  aliases: { multichannel: "channelAxis", searchDistance: "patchDistance", strength: "h" },
};

/**
 * Denoise by the mean of pixels whose surroundings look alike, wherever these are near by (non-local means: Buades,
 * Coll & Morel 2005; Darbon et al. 2008; scikit-image's `denoise_nl_means`, with its weights, exp within 4 %).
 *
 * @param image `[y, x]` or `[z, y, x]`, or with channels, any dtype; not modified
 * @returns float64, or float32 for float32 and float16 images; integers become 0 .. 1 (int: -1 .. 1), unless
 *   `preserveRange`
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if it has other axes, or an option is out of range
 * @example
 * const clean = denoiseNlMeans(image, { h: 1.15 * estimateSigma(image), patchSize: 5, preserveRange: true });
 */
export function denoiseNlMeans(
  image: NdArray,
  options: DenoiseNlMeansOptions = {},
): NdArray<"float32" | "float64"> {
  const { action } = door;
  checkOptions(door, options);
  const { axis, spatial } = checkChannels(image, door, options.channelAxis);
  const { patchSize = 7, patchDistance = 11, h = 0.1, fastMode = true, sigma = 0, preserveRange } = options;
  const isWhole = (value: number, least: number) => Number.isInteger(value) && value >= least;
  checkNumber(action, "patchSize", patchSize, "a whole number above 0", isWhole(patchSize, 1));
  checkNumber(action, "patchDistance", patchDistance, "a whole number from 0", isWhole(patchDistance, 0));
  checkNumber(action, "h", h, "above 0", h > 0);
  checkNumber(action, "sigma", sigma, "at least 0", sigma >= 0);
  const shape = solidShape(spatial);
  const alongAxes = (length: number): [number, number, number] => [
    spatial.length === 3 ? length : 0,
    length,
    length,
  ];
  const radii = alongAxes(patchSize >> 1);
  const reach = alongAxes(patchDistance);
  const borders = alongAxes((patchSize >> 1) + (fastMode ? patchDistance : 0));
  if (fastMode) borders[2] += fastMargin;
  const images = channelsOf(floatsOf(image, preserveRange), image.shape, axis).map((values) =>
    padded(values, shape, borders, "mirror", 0),
  );
  const [{ row, plane }] = images;
  const channels = images.map(({ data }) => data);
  const search = {
    channels,
    shape,
    row,
    plane,
    borders,
    radii,
    reach,
    cutoff: h * h,
    noise: 2 * sigma * sigma,
  };
  const sums = fastMode ? fastNonLocalMeans(search) : nonLocalMeans(search);
  const result = newFloatsOf(image, preserveRange);
  const means = new Float64Array(shape[0] * shape[1] * shape[2]);
  for (const [channel, { weights, weighted }] of sums.entries()) {
    let pixel = 0;
    for (let z = 0; z < shape[0]; z++) {
      for (let y = 0; y < shape[1]; y++) {
        const line = (z + borders[0]) * plane + (y + borders[1]) * row + borders[2];
        for (let x = line; x < line + shape[2]; x++) means[pixel++] = weighted[x] / weights[x];
      }
    }
    setChannel(result, image.shape, axis, channel, means);
  }
  return floatImage(result, image);
}
