import type { NdArray } from "@bioengine/ndarray";
import { type ColourDoor, mapColours } from "./colours";

const door: ColourDoor = {
  name: "rgb2hsv",
  action: "convert to hue, saturation, value",
  channels: "red, green, blue",
};

/** On the colour circle, from 0 to 6. */
function hueOf(red: number, green: number, blue: number, most: number, range: number): number {
  if (blue === most) return 4 + (red - green) / range;
  if (green === most) return 2 + (blue - red) / range;
  const turn = (green - blue) / range;
  return turn < 0 ? turn + 6 : turn;
}

/**
 * The colours of an image as hue, saturation and value (scikit-image's `rgb2hsv`), e.g. to find what is brown by its
 * hue.
 *
 * @param image `[y, x, 3]`, any dtype; not modified
 * @returns `[y, x, 3]` float64, or float32 for float32 images, each from 0 to 1; hue 0 is red, 1/3 green, 2/3 blue
 * @throws {TypeError} if it is no NdArray
 * @throws {RangeError} if the last axis isn't red, green, blue
 * @example
 * const saturation = rgb2hsv(image).slice(null, null, 1);
 */
export const rgb2hsv = (image: NdArray): NdArray<"float32" | "float64"> =>
  mapColours(image, door, (source, target, at) => {
    const [red, green, blue] = [source[at], source[at + 1], source[at + 2]];
    const most = Math.max(red, green, blue);
    const range = most - Math.min(red, green, blue);
    target[at] = range === 0 ? 0 : hueOf(red, green, blue, most, range) / 6;
    target[at + 1] = range === 0 ? 0 : range / most;
    target[at + 2] = most;
  });
