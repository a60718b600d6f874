import type { NdArray } from "@bioengine/ndarray";
import { floatImage, scaledOf } from "../image";
import { type ColourDoor, checkColours } from "./colours";

const door: ColourDoor = { name: "rgb2gray", action: "convert to gray", channels: "red, green, blue" };

/**
 * The luminance of a colour image (scikit-image's `rgb2gray`, weights of ITU-R BT.709).
 *
 * @param image `[y, x, 3]`, any dtype; not modified
 * @returns `[y, x]` float64, or float32 for float32 images; integers become 0 .. 1
 * @throws {TypeError} if it is no NdArray
 * @throws {RangeError} if the last axis isn't red, green, blue
 * @example
 * const gray = rgb2gray(image);
 */
export function rgb2gray(image: NdArray): NdArray<"float32" | "float64"> {
  checkColours(image, door);
  const { values, scale } = scaledOf(image);
  const size = values.length / 3;
  const gray = values instanceof Float32Array ? new Float32Array(size) : new Float64Array(size);
  const [red, green, blue] = [0.2125 * scale, 0.7154 * scale, 0.0721 * scale];
  for (let pixel = 0, at = 0; pixel < size; pixel++, at += 3) {
    gray[pixel] = red * values[at] + green * values[at + 1] + blue * values[at + 2];
  }
  return floatImage(gray, { shape: image.shape.slice(0, -1), dimensions: image.dimensions?.slice(0, -1) });
}
