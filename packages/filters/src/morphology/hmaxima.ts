import { NdArray } from "@bioengine/ndarray";
import { extent } from "../bins";
import { checkSpatialImage, floatType, largestOf, negative, numbersOf } from "../image";
import { checkNumber } from "../option";
import { reconstructed } from "./reconstruction";

/** Decimal digits that scikit-image trusts: `numpy.finfo(dtype).resolution`. */
const resolutions = { float32: 1e-6, float64: 1e-15 };

/** Mark maxima of at least a height; with the sign -1 minima. */
function extremaOf(image: NdArray, h: number, sign: 1 | -1): NdArray<"uint8"> {
  const [name, action] = sign === 1 ? ["hMaxima", "find maxima"] : ["hMinima", "find minima"];
  checkSpatialImage(image, { name, action, rest: String(h) });
  checkNumber(action, "h", h, "above 0", h > 0);
  const { dtype, shape, dimensions } = image;
  const data = sign === 1 ? numbersOf(image) : negative(numbersOf(image));
  const marks = new Uint8Array(data.length);
  const [low, high] = extent(data);
  const result = new NdArray({ dtype: "uint8", shape, buffer: marks, dimensions });
  if (h > high - low) return result;
  const type = floatType(dtype);
  const round = type === "float32" ? Math.fround : (value: number) => value;
  const isFloat = dtype.includes("float") || !Number.isInteger(h);
  const least =
    dtype === "bool"
      ? 0
      : sign === -1
        ? -largestOf(dtype)
        : dtype.startsWith("u")
          ? 0
          : -largestOf(dtype) - 1;
  const shifted = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) {
    shifted[i] = isFloat
      ? round(round(data[i] - h) - round(2 * resolutions[type] * Math.abs(data[i])))
      : Math.max(least, data[i] - h);
  }
  const grown = reconstructed(shifted, data, shape);
  for (let i = 0; i < data.length; i++) marks[i] = round(data[i] - grown[i]) >= round(h) ? 1 : 0;
  return result;
}

/**
 * Find maxima that rise by at least `h` above the way to any higher one (scikit-image's `h_maxima`): peaks that noise
 * doesn't make.
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @param h height, above 0, in the image's unit
 * @returns uint8, 1 = maximum
 * @throws {TypeError} if it is no NdArray
 * @throws {RangeError} if h isn't above 0
 * @example
 * const markers = label(hMaxima(distance, 1));
 */
export const hMaxima = (image: NdArray, h: number): NdArray<"uint8"> => extremaOf(image, h, 1);

/**
 * Find minima that lie at least `h` below the way to any lower one (scikit-image's `h_minima`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @param h depth, above 0, in the image's unit
 * @returns uint8, 1 = minimum
 * @throws {TypeError} if it is no NdArray
 * @throws {RangeError} if h isn't above 0
 * @example
 * const markers = label(hMinima(image, 20));
 */
export const hMinima = (image: NdArray, h: number): NdArray<"uint8"> => extremaOf(image, h, -1);
