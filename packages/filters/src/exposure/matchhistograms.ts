import { checkOptions, type DType, NdArray, zeros } from "@bioengine/ndarray";
import { countShortIntegers, cumulated, extent, isShort } from "../bins";
import { checkChannels, knownChannelAxis, setChannel, takeChannel } from "../channels";
import { checkImage, floatType, imageOf, type Numbers, numbersOf } from "../image";
import { type Ranks, rankValues } from "../ranks";
import { mapValues } from "./valuemap";

/** What `matchHistograms` matches. */
export interface MatchHistogramsOptions {
  /** The axis of the channels, which are matched one by one: -1 for `[y, x, c]`. Default: the known one, if any. */
  channelAxis?: number;
}

const door = { name: "matchHistograms", action: "match histograms", options: ["channelAxis"] };

/** The different values of an image, ascending, perhaps with some between that it doesn't have. */
interface Distribution {
  readonly values: Float64Array;
  /** The share of all pixels that each value and those below it have. */
  readonly shares: Float64Array;
}

/** What counts of values are of all of them, together with those of the values below. */
function sharesOf(counts: Float64Array): Float64Array {
  const sums = cumulated(counts, (sum) => sum);
  const all = sums[sums.length - 1];
  return sums.map((sum) => sum / all);
}

function distributionOf({ ranks, values }: Ranks): Distribution {
  const counts = new Float64Array(values.length);
  for (let i = 0; i < ranks.length; i++) counts[ranks[i]]++;
  return { values, shares: sharesOf(counts) };
}

function shortDistribution(image: NdArray): Distribution {
  const { counts, centers } = countShortIntegers(image);
  return { values: centers, shares: sharesOf(counts) };
}

/** The values of a reference at ascending shares, between two of its values by linear interpolation. */
function valuesAt(shares: Float64Array, reference: Distribution): Float64Array {
  const all = reference.shares;
  // Values that aren't there add nothing to the share of the one before.
  const isThere = (rank: number): boolean => rank === 0 || all[rank] > all[rank - 1];
  const known = all.filter((_, rank) => isThere(rank));
  const values = reference.values.filter((_, rank) => isThere(rank));
  let right = 0;
  return shares.map((share) => {
    while (right < known.length - 1 && known[right] < share) right++;
    if (right === 0 || share >= known[right]) return values[right];
    const slope = (values[right] - values[right - 1]) / (known[right] - known[right - 1]);
    return values[right - 1] + slope * (share - known[right - 1]);
  });
}

/** The values of a channel, of integers of up to 16 bits or of float64, that are as frequent in a reference. */
function matched(channel: NdArray, reference: NdArray, dtype: DType): NdArray {
  const other = isShort(reference.dtype)
    ? shortDistribution(reference)
    : distributionOf(rankValues(numbersOf(reference)));
  if (isShort(channel.dtype)) {
    const { values, shares } = shortDistribution(channel);
    const becomes = valuesAt(shares, other);
    return mapValues(channel, dtype, (value) => becomes[value - values[0]]);
  }
  const own = rankValues(numbersOf(channel));
  const becomes = valuesAt(distributionOf(own).shares, other);
  const result = new Float64Array(own.ranks.length);
  for (let i = 0; i < result.length; i++) result[i] = becomes[own.ranks[i]];
  return imageOf(result, channel, dtype);
}

/** An image whose values a table has, or one of finite float64. */
function rankable(image: NdArray, name: string): NdArray {
  if (isShort(image.dtype)) return image;
  const numbers = image.astype("float64");
  const [low, high] = extent(numbers.data);
  if (Number.isFinite(low) && Number.isFinite(high)) return numbers;
  throw new RangeError(
    `Cannot ${door.action}: the values of ${name} must be finite, got ${low} to ${high}; take a part without NaN and infinities`,
  );
}

/** A channel as an image. */
function channelOf({ data, dtype, shape }: NdArray, axis: number, channel: number): NdArray {
  const one = zeros(
    shape.filter((_, at) => at !== axis),
    dtype,
  );
  takeChannel(data as Numbers, shape, axis, channel, one.buffer as Numbers);
  return one;
}

/**
 * Change an image's values so that their histogram is that of another one (scikit-image's `match_histograms`), e.g. of
 * slides that were stained or lit differently.
 *
 * @param image `[y, x]` or `[z, y, x]`, or with channels, any dtype; not modified
 * @param reference of any lengths along the same axes; not modified
 * @returns float64, or float32 for float32 and float16 images; with channels, integers keep their dtype
 * @throws {TypeError} if an image is no NdArray, or an option is unknown
 * @throws {RangeError} if the axes or the numbers of channels differ, or a value isn't finite
 * @example
 * const alike = matchHistograms(image, reference, { channelAxis: -1 });
 */
export function matchHistograms(
  image: NdArray,
  reference: NdArray,
  options: MatchHistogramsOptions = {},
): NdArray {
  const { action } = door;
  checkOptions(door, options);
  const channelAxis = options.channelAxis ?? knownChannelAxis(image);
  if (channelAxis === undefined) checkImage(image, action, [2, 3]);
  const axis = channelAxis === undefined ? undefined : checkChannels(image, door, channelAxis).axis;
  checkImage(reference, action, [image.ndim]);
  const { shape, dtype } = image;
  if (axis !== undefined && reference.shape[axis] !== shape[axis]) {
    throw new RangeError(
      `Cannot ${action}: the reference must have the image's ${shape[axis]} channels, got ${reference.shape[axis]}`,
    );
  }
  const [own, other] = [rankable(image, "the image"), rankable(reference, "the reference")];
  if (axis === undefined) return matched(own, other, floatType(dtype));
  const result = zeros(shape, isShort(dtype) ? dtype : "float64");
  for (let channel = 0; channel < shape[axis]; channel++) {
    const one = matched(channelOf(own, axis, channel), channelOf(other, axis, channel), result.dtype);
    setChannel(result.buffer as Numbers, shape, axis, channel, one.data as Numbers);
  }
  const found = result.astype(dtype.includes("float") ? floatType(dtype) : dtype);
  return new NdArray({ dtype: found.dtype, shape, buffer: found.buffer, dimensions: image.dimensions });
}
