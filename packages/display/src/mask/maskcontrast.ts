import { type NdArray, quantileOf } from "@bioengine/ndarray";
import { numbersOf } from "../image/image";
import type { Labels } from "../labels";
import { numberText } from "../numbertext";
import { quantiles } from "../quantile";

/** At most this many pixels are looked at, evenly. */
const SAMPLE_SIZE = 200_000;
/** Objects that differ less from their background, as a share of the image's range, are hardly seen. */
const LEAST_CONTRAST = 0.05;

/** How bright objects are, and what is wrong with that. */
export interface MaskContrast {
  readonly text: string;
  readonly warning?: string;
}

/**
 * How bright the objects of a mask are beside what is around them; undefined if there are none, or nothing else.
 *
 * @param image of the mask's height, width and planes, with one to four channels last
 */
export function maskContrast({ values }: Labels, image: NdArray): MaskContrast | undefined {
  const channels = image.size / values.length;
  const numbers = numbersOf(image);
  const found = Array.from({ length: channels }, (_, channel) =>
    contrastOf(values, numbers, channel, channels),
  );
  const [first] = found;
  if (!first || found.some(({ inside, outside }) => Number.isNaN(inside + outside))) return undefined;
  const texts = found.map(
    ({ inside, outside }, channel) =>
      `${channels > 1 ? `channel ${channel} ` : ""}${numberText(inside)} in the objects, ${numberText(outside)} outside`,
  );
  const isFaint = found.every(
    ({ inside, outside, range }) => Math.abs(inside - outside) <= LEAST_CONTRAST * range,
  );
  return {
    text: `Median intensity: ${texts.join("; ")}`,
    ...(isFaint && { warning: "the objects are hardly brighter or darker than what is around them" }),
  };
}

function contrastOf(labels: Uint32Array, numbers: ArrayLike<number>, channel: number, channels: number) {
  let stride = Math.max(1, Math.floor(labels.length / SAMPLE_SIZE));
  // An even stride could keep step with the rows of an image and see a few of its columns only.
  if (stride > 1 && stride % 2 === 0) stride++;
  const inside: number[] = [];
  const outside: number[] = [];
  for (let i = 0; i < labels.length; i += stride) {
    (labels[i] === 0 ? outside : inside).push(numbers[i * channels + channel]!);
  }
  const all = quantiles(numbers, channel, channels);
  return {
    inside: medianOf(inside),
    outside: medianOf(outside),
    range: all(0.998) - all(0.01),
  };
}

/** NaN if no value is finite. */
function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values.filter(Number.isFinite)).sort();
  return sorted.length > 0 ? quantileOf(sorted, 0.5) : Number.NaN;
}
