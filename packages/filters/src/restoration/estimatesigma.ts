import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { axisLayout } from "../axislayout";
import { borderIndices } from "../border";
import { channelsOf, checkChannels, knownChannelAxis } from "../channels";
import { floatsOf } from "../image";
import { select } from "../select";

/** What noise `estimateSigma` tells. */
export interface EstimateSigmaOptions {
  /** The axis of the channels, whose noise is told one by one: -1 for `[y, x, c]`. Default: the known one, if any. */
  channelAxis?: number;
  /** Tell the channels' mean instead. Default false. */
  averageSigmas?: boolean;
}

const door = {
  name: "estimateSigma",
  action: "estimate the noise",
  options: ["channelAxis", "averageSigmas"],
  aliases: { multichannel: "channelAxis" },
};

const root = Math.sqrt(3);
const scale = 4 * Math.SQRT2;
/** The high pass of Daubechies' wavelet of two vanishing moments. */
const [h0, h1, h2, h3] = [(root - 1) / scale, (3 - root) / scale, (-3 - root) / scale, (1 + root) / scale];

// Three quarters of a normal distribution lie below it.
const upperQuartile = 0.6744897501960817;

/** Details along an axis, of half as many pixels, the image being reflected beyond its edge. */
function details(data: Float64Array, shape: readonly number[], axis: number): Float64Array {
  const { outer, length, inner } = axisLayout(shape, axis);
  const indices = borderIndices(length, 2, 3, "reflect");
  const count = (length + 3) >> 1;
  const result = new Float64Array(outer * count * inner);
  let at = 0;
  for (let block = 0; block < outer; block++) {
    const start = block * length * inner;
    for (let i = 0; i < 2 * count; i += 2) {
      const a = start + indices[i] * inner;
      const b = start + indices[i + 1] * inner;
      const c = start + indices[i + 2] * inner;
      const d = start + indices[i + 3] * inner;
      for (let x = 0; x < inner; x++) {
        result[at++] = h0 * data[a + x] + h1 * data[b + x] + h2 * data[c + x] + h3 * data[d + x];
      }
    }
  }
  return result;
}

/** The median; values change their places. */
function medianOf(values: Float64Array): number {
  const middle = values.length >> 1;
  const upper = select(values, values.length, middle);
  if (values.length % 2 === 1) return upper;
  let lower = values[0];
  for (let i = 1; i < middle; i++) if (values[i] > lower) lower = values[i];
  return (lower + upper) / 2;
}

function sigmaOf(values: Float64Array, shape: readonly number[]): number {
  const lengths = [...shape];
  let data = values;
  for (const axis of lengths.keys()) {
    data = details(data, lengths, axis);
    lengths[axis] = (lengths[axis] + 3) >> 1;
  }
  let count = 0;
  for (let i = 0; i < data.length; i++) if (data[i] !== 0) data[count++] = Math.abs(data[i]);
  return count === 0 ? 0 : medianOf(data.subarray(0, count)) / upperQuartile;
}

/** The noise of each channel. */
export function estimateSigma(
  image: NdArray,
  options: EstimateSigmaOptions & { channelAxis: number; averageSigmas?: false },
): number[];
/**
 * Estimate the standard deviation of an image's Gaussian noise, by the median of its finest wavelet details (Donoho &
 * Johnstone 1994, scikit-image's `estimate_sigma`; without any noise 0, not NaN).
 *
 * @param image `[y, x]` or `[z, y, x]`, or with channels, any dtype; not modified
 * @returns in the image's own grey values, integers not being scaled; with `channelAxis` an array, one for each channel,
 *   unless `averageSigmas`
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if it has other axes
 * @example
 * const clean = denoiseNlMeans(image, { h: 1.15 * estimateSigma(image), preserveRange: true });
 */
export function estimateSigma(image: NdArray, options?: EstimateSigmaOptions): number;
export function estimateSigma(image: NdArray, options: EstimateSigmaOptions = {}): number | number[] {
  checkOptions(door, options);
  const known = knownChannelAxis(image);
  if (known !== undefined && options.channelAxis === undefined && !options.averageSigmas) {
    throw new RangeError(
      `Cannot ${door.action}: of channels each has its own, got axes ${image.axes}; use estimateSigma(image, { channelAxis: ${known} })`,
    );
  }
  const { axis, spatial } = checkChannels(image, { ...door, isList: true }, options.channelAxis);
  const sigmas = channelsOf(floatsOf(image, true), image.shape, axis).map((values) =>
    sigmaOf(values, spatial),
  );
  if (axis !== undefined && !options.averageSigmas) return sigmas;
  return sigmas.reduce((sum, sigma) => sum + sigma, 0) / sigmas.length;
}
