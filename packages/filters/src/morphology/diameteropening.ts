import { checkOptions, type DType, type NdArray } from "@bioengine/ndarray";
import { checkSpatialImage, imageOf, negative, numbersOf } from "../image";
import { checkConnectivity } from "../neighbourhood";
import { checkNumber } from "../option";
import { type Attribute, attributeOpened } from "./attributeopening";

/** What `diameterOpening` and `diameterClosing` level. */
export interface DiameterOpeningOptions {
  /** The least length, in pixels, of the longest side of the bounding box that stays. Default 8. */
  diameterThreshold?: number;
  /** How many axes neighbours may differ in. Default 1. */
  connectivity?: number;
}

/** The longest side of the bounding box. */
function extensionOf(shape: readonly number[], framed: Int32Array, size: number, least: number): Attribute {
  let stride = framed.length;
  const sides = shape.map((length) => {
    stride /= length;
    const low = new Int32Array(size);
    for (let at = 0; at < framed.length; at++) low[framed[at]] = Math.floor(at / stride) % length;
    return { low, high: low.slice() };
  });
  return {
    isEnough: (pixel) => sides.some(({ low, high }) => high[pixel] - low[pixel] + 1 >= least),
    join(pixel, other) {
      for (const { low, high } of sides) {
        if (low[other] < low[pixel]) low[pixel] = low[other];
        if (high[other] > high[pixel]) high[pixel] = high[other];
      }
    },
    suffice(pixel) {
      const [{ low, high }] = sides;
      high[pixel] = Math.max(high[pixel], low[pixel] + least - 1);
    },
  };
}

const aliases = { diameter: "diameterThreshold" };

function levelled<D extends DType>(
  name: string,
  action: string,
  image: NdArray<D>,
  options: DiameterOpeningOptions,
  sign: 1 | -1,
): NdArray<D> {
  checkSpatialImage(image, { name, action });
  checkOptions({ name, action, options: ["diameterThreshold", "connectivity"], aliases }, options);
  const { diameterThreshold = 8, connectivity = 1 } = options;
  checkNumber(action, "diameterThreshold", diameterThreshold, "at least 0", diameterThreshold >= 0);
  checkConnectivity(action, connectivity, image.ndim);
  const { shape } = image;
  const data = sign === 1 ? numbersOf(image) : negative(numbersOf(image));
  const least = Math.min(Math.ceil(diameterThreshold), image.size + 1);
  const opened = attributeOpened(data, shape, connectivity, (framed, size) =>
    extensionOf(shape, framed, size, least),
  );
  return imageOf(sign === 1 ? opened : negative(opened), image, image.dtype);
}

/**
 * Level bright peaks whose bounding box is shorter than a length (scikit-image's `diameter_opening`): each is lowered to
 * where it is as long. Thin lines stay, which an opening takes off.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns the image's dtype
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const fibres = diameterOpening(image, { diameterThreshold: 15 });
 */
export const diameterOpening = <D extends DType>(
  image: NdArray<D>,
  options: DiameterOpeningOptions = {},
): NdArray<D> => levelled("diameterOpening", "open by diameter", image, options, 1);

/**
 * Fill dark pits whose bounding box is shorter than a length (scikit-image's `diameter_closing`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns the image's dtype
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const cracks = diameterClosing(image, { diameterThreshold: 15 });
 */
export const diameterClosing = <D extends DType>(
  image: NdArray<D>,
  options: DiameterOpeningOptions = {},
): NdArray<D> => levelled("diameterClosing", "close by diameter", image, options, -1);
