import { checkOptions, type DType, type NdArray } from "@bioengine/ndarray";
import { checkSpatialImage, imageOf, negative, numbersOf } from "../image";
import { checkConnectivity } from "../neighbourhood";
import { checkNumber } from "../option";
import { type Attribute, attributeOpened } from "./attributeopening";

/** What `areaOpening` and `areaClosing` level. */
export interface AreaOpeningOptions {
  /** The least number of pixels that stays. Default 64. */
  areaThreshold?: number;
  /** How many axes neighbours may differ in. Default 1. */
  connectivity?: number;
}

/** The number of pixels. */
function areaOf(size: number, least: number): Attribute {
  const areas = new Int32Array(size).fill(1);
  return {
    isEnough: (pixel) => areas[pixel] >= least,
    join(pixel, other) {
      areas[pixel] += areas[other];
    },
    suffice(pixel) {
      areas[pixel] += least;
    },
  };
}

function levelled<D extends DType>(
  name: string,
  action: string,
  image: NdArray<D>,
  options: AreaOpeningOptions,
  sign: 1 | -1,
): NdArray<D> {
  checkSpatialImage(image, { name, action });
  checkOptions({ name, action, options: ["areaThreshold", "connectivity"], aliases }, options);
  const { areaThreshold = 64, connectivity = 1 } = options;
  checkNumber(action, "areaThreshold", areaThreshold, "at least 0", areaThreshold >= 0);
  checkConnectivity(action, connectivity, image.ndim);
  const data = sign === 1 ? numbersOf(image) : negative(numbersOf(image));
  // More than all pixels is as much as one more than all.
  const least = Math.min(Math.ceil(areaThreshold), image.size + 1);
  const opened = attributeOpened(data, image.shape, connectivity, (_, size) => areaOf(size, least));
  return imageOf(sign === 1 ? opened : negative(opened), image, image.dtype);
}

const aliases = { minSize: "areaThreshold", area: "areaThreshold" };

/**
 * Level bright peaks of fewer pixels than a number (scikit-image's `area_opening`): each is lowered to where it has as
 * many, or to the least value there is, where scikit-image gives 0. Unlike an opening it keeps the outlines of all that
 * is larger, whatever their shape.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns the image's dtype
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const withoutSpots = areaOpening(image, { areaThreshold: 30 });
 */
export const areaOpening = <D extends DType>(
  image: NdArray<D>,
  options: AreaOpeningOptions = {},
): NdArray<D> => levelled("areaOpening", "open by area", image, options, 1);

/**
 * Fill dark pits of fewer pixels than a number (scikit-image's `area_closing`): each is raised to where it has as many.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns the image's dtype
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const withoutPits = areaClosing(image, { areaThreshold: 30 });
 */
export const areaClosing = <D extends DType>(
  image: NdArray<D>,
  options: AreaOpeningOptions = {},
): NdArray<D> => levelled("areaClosing", "close by area", image, options, -1);
