import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { extent } from "../bins";
import { channelsOf, checkChannels, knownChannelAxis, setChannel } from "../channels";
import { checkImage, floatType, imageOf, numbersOf } from "../image";

import { type Ranks, rankValues } from "../ranks";

/** What `matchHistograms` matches. */
export interface MatchHistogramsOptions {
  /** The axis of the channels, which are matched one by one: -1 for `[y, x, c]`. Default: the known one, if any. */
  channelAxis?: number;
}

const door = { name: "matchHistograms", action: "match histograms", options: ["channelAxis"] };

/** The share of all pixels that each value of some ranks and those below it have. */
function sharesOf({ ranks, values }: Ranks): Float64Array {
  const shares = new Float64Array(values.length);
  for (let i = 0; i < ranks.length; i++) shares[ranks[i]]++;
  for (let rank = 1; rank < shares.length; rank++) shares[rank] += shares[rank - 1];
  return shares.map((count) => count / ranks.length);
}

/** The values at ascending shares of a reference, between two of its values by linear interpolation. */
function valuesAt(shares: Float64Array, reference: Ranks): Float64Array {
  const all = sharesOf(reference);
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

function matched(numbers: Float64Array, reference: Float64Array): Float64Array {
  const own = rankValues(numbers);
  const becomes = valuesAt(sharesOf(own), rankValues(reference));
  const result = new Float64Array(numbers.length);
  for (let i = 0; i < result.length; i++) result[i] = becomes[own.ranks[i]];
  return result;
}

function checkFinite(numbers: Float64Array, name: string): void {
  const [low, high] = extent(numbers);
  if (Number.isFinite(low) && Number.isFinite(high)) return;
  throw new RangeError(
    `Cannot ${door.action}: the values of ${name} must be finite, got ${low} to ${high}; take a part without NaN and infinities`,
  );
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
  const [numbers, others] = [numbersOf(image), numbersOf(reference)];
  checkFinite(numbers, "the image");
  checkFinite(others, "the reference");
  const references = channelsOf(others, reference.shape, axis);
  const result = new Float64Array(numbers.length);
  for (const [channel, values] of channelsOf(numbers, shape, axis).entries()) {
    setChannel(result, shape, axis, channel, matched(values, references[channel]));
  }
  const isWhole = axis !== undefined && !dtype.includes("float");
  return imageOf(result, image, isWhole ? dtype : floatType(dtype));
}
