import { checkOptions, type DType, type NdArray } from "@bioengine/ndarray";
import { type BorderMode, checkMode, padded, solidShape } from "../border";
import { checkImage, checkSpatialImage, imageOf, numbersOf } from "../image";

/** How `convolve` treats the edge. */
export interface ConvolveOptions {
  /** What is beyond the edge. Default `"reflect"`. */
  mode?: BorderMode;
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
}

const door = { name: "convolve", action: "convolve", options: ["mode", "cval"] };

/**
 * Convolve an image with weights (SciPy's `ndimage.convolve`): each pixel is the sum of the pixels around it, weighted
 * by the mirrored weights; sums in float64.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @param weights as many axes as the image; its middle lies on the pixel
 * @returns the image's dtype, fractions of integers being dropped: use `image.astype("float32")` to keep them
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if the weights have other axes, or there is no such mode
 * @example
 * const sharp = convolve(image.astype("float32"), ndarray([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]));
 */
export function convolve<D extends DType>(
  image: NdArray<D>,
  weights: NdArray,
  options: ConvolveOptions = {},
): NdArray<D> {
  checkSpatialImage(image, { ...door, rest: "weights" }, undefined, weights?.shape);
  checkImage(weights, door.action);
  checkOptions(door, options);
  const { mode = "reflect", cval = 0 } = options;
  checkMode(door.action, mode);
  if (weights.ndim !== image.ndim) {
    throw new RangeError(
      `Cannot ${door.action}: the weights must have the image's ${image.ndim} axes, got shape [${weights.shape.join(", ")}]`,
    );
  }
  const solid = solidShape(image.shape);
  const [depth, height, width] = solid;
  const sides = solidShape(weights.shape);
  const radii: [number, number, number] = [sides[0] >> 1, sides[1] >> 1, sides[2] >> 1];
  const { data, row, plane } = padded(numbersOf(image), solid, radii, mode, cval);
  const taps = Array.from(numbersOf(weights), (weight, at) => {
    const z = Math.floor(at / (sides[1] * sides[2]));
    const place = [z, Math.floor(at / sides[2]) % sides[1], at % sides[2]];
    // Mirrored; of an even side's two middle ones the second is on the pixel.
    const [dz, dy, dx] = place.map((index, axis) => radii[axis] + (sides[axis] >> 1) - index);
    return { weight, from: dz * plane + dy * row + dx };
  }).filter(({ weight }) => weight !== 0);
  const result = new Float64Array(image.size);
  for (let z = 0, at = 0; z < depth; z++) {
    for (let y = 0; y < height; y++, at += width) {
      for (const { weight, from } of taps) {
        const start = from + z * plane + y * row;
        for (let x = 0; x < width; x++) result[at + x] += weight * data[start + x];
      }
    }
  }
  return imageOf(result, image, image.dtype);
}
