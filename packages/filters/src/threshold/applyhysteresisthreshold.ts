import { label } from "@bioengine/measure";
import type { NdArray } from "@bioengine/ndarray";
import { boolImage, checkSpatialImage, numbersOf } from "../image";
import { checkNumber } from "../option";

const action = "apply a hysteresis threshold";

/**
 * The parts of an image above a low threshold that are somewhere above a high one too (scikit-image's
 * `apply_hysteresis_threshold`): faint ends of bright objects stay, and faint noise goes. Parts hang together over edges.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @param low in the image's grey values; above `high` it counts as that
 * @param high in the image's grey values
 * @returns bool
 * @throws {TypeError} if it is no NdArray
 * @throws {RangeError} if it has other axes, or a threshold is none
 * @example
 * const mask = applyHysteresisThreshold(image, 100, thresholdOtsu(image));
 */
export function applyHysteresisThreshold(image: NdArray, low: number, high: number): NdArray<"bool"> {
  const door = { name: "applyHysteresisThreshold", action, rest: `${low}, ${high}` };
  checkSpatialImage(image, door, [2, 3]);
  checkNumber(
    action,
    "low",
    low,
    "a number, as in applyHysteresisThreshold(image, 100, 200)",
    !Number.isNaN(low),
  );
  checkNumber(
    action,
    "high",
    high,
    "a number, as in applyHysteresisThreshold(image, 100, 200)",
    !Number.isNaN(high),
  );
  const numbers = numbersOf(image);
  const faint = new Uint8Array(numbers.length);
  const least = Math.min(low, high);
  for (let pixel = 0; pixel < faint.length; pixel++) faint[pixel] = numbers[pixel] > least ? 1 : 0;
  const labels = label(boolImage(faint, image), { connectivity: 1 }).data;
  let count = 0;
  for (let pixel = 0; pixel < labels.length; pixel++) if (labels[pixel] > count) count = labels[pixel];
  const isBright = new Uint8Array(count + 1);
  for (let pixel = 0; pixel < labels.length; pixel++) if (numbers[pixel] > high) isBright[labels[pixel]] = 1;
  for (let pixel = 0; pixel < labels.length; pixel++) faint[pixel] &= isBright[labels[pixel]];
  return boolImage(faint, image);
}
