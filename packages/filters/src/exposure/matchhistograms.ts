import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { extent } from "../bins";
import { channelsOf, checkChannels, setChannel } from "../channels";
import { checkImage, floatType, imageOf, numbersOf } from "../image";

/** What `matchHistograms` matches. */
export interface MatchHistogramsOptions {
  /** The axis of the channels, which are matched one by one: -1 for `[y, x, c]`. Default: none. */
  channelAxis?: number;
}

const door = { name: "matchHistograms", action: "match histograms", options: ["channelAxis"] };

// Whole numbers further apart are sorted rather than counted.
const MOST_COUNTS = 1 << 20;

/** The values that there are, ascending, and the share of all pixels that each and those below it have. */
interface Shares {
  readonly values: readonly number[];
  readonly shares: readonly number[];
}

function sharesOf(numbers: Float64Array): Shares {
  const values: number[] = [];
  const shares: number[] = [];
  let sum = 0;
  const add = (value: number, count: number): void => {
    sum += count;
    values.push(value);
    shares.push(sum / numbers.length);
  };
  const [low, high] = extent(numbers);
  if (high - low < MOST_COUNTS && numbers.every(Number.isInteger)) {
    const counts = new Float64Array(high - low + 1);
    for (let i = 0; i < numbers.length; i++) counts[numbers[i] - low]++;
    for (const [i, count] of counts.entries()) if (count > 0) add(low + i, count);
    return { values, shares };
  }
  const sorted = numbers.slice().sort();
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    add(sorted[start], end - start);
  }
  return { values, shares };
}

/** The reference's value at each share, between two values by linear interpolation. */
function valuesAt(shares: readonly number[], reference: Shares): number[] {
  let right = 0;
  return shares.map((share) => {
    while (right < reference.shares.length - 1 && reference.shares[right] < share) right++;
    const [high, next] = [reference.shares[right], reference.values[right]];
    if (right === 0 || share >= high) return next;
    const [low, value] = [reference.shares[right - 1], reference.values[right - 1]];
    return value + ((next - value) / (high - low)) * (share - low);
  });
}

function matched(numbers: Float64Array, reference: Float64Array): Float64Array {
  const own = sharesOf(numbers);
  const becomes = valuesAt(own.shares, sharesOf(reference));
  const [first] = own.values;
  const isDense =
    own.values[own.values.length - 1] - first < MOST_COUNTS && own.values.every(Number.isInteger);
  if (!isDense) {
    const table = new Map(own.values.map((value, i) => [value, becomes[i]]));
    return numbers.map((value) => table.get(value) ?? value);
  }
  const table = new Float64Array(own.values[own.values.length - 1] - first + 1);
  for (const [i, value] of own.values.entries()) table[value - first] = becomes[i];
  return numbers.map((value) => table[value - first]);
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
  const { axis } = checkChannels(image, action, options.channelAxis);
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
