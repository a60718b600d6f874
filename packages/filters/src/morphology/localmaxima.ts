import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { boolImage, checkSpatialImage, negative, numbersOf } from "../image";
import { checkConnectivity, frameOf } from "../neighbourhood";

/** What is a local extremum. */
export interface LocalExtremaOptions {
  /** How many axes neighbours may differ in. Default: all. */
  connectivity?: number;
  /** Whether an extremum may touch the edge of the image. Default true. */
  allowBorders?: boolean;
}

const FRAME = 2;
const SEEN = 1;

/** Mark the plateaus that all their neighbours are lower than; a flat image has none. */
export function localMaximaOf(
  data: Float64Array,
  shape: readonly number[],
  connectivity: number,
  allowBorders: boolean,
): Uint8Array {
  const { size, steps, fill, take } = frameOf(shape, connectivity);
  const values = fill(new Float64Array(size).fill(Number.NEGATIVE_INFINITY), data);
  const states = fill(new Uint8Array(size).fill(FRAME), new Uint8Array(data.length));
  const found = new Uint8Array(size);
  const plateau = new Int32Array(size);
  const isFlat = data.every((value) => value === data[0]);
  for (let pixel = 0; pixel < size && !isFlat; pixel++) {
    if (states[pixel] !== 0) continue;
    const value = values[pixel];
    states[pixel] = SEEN;
    plateau[0] = pixel;
    let count = 1;
    let isMaximum = true;
    for (let done = 0; done < count; done++) {
      const member = plateau[done];
      for (let i = 0; i < steps.length; i++) {
        const neighbour = member + steps[i];
        if (values[neighbour] > value || (states[neighbour] === FRAME && !allowBorders)) isMaximum = false;
        else if (values[neighbour] === value && states[neighbour] === 0) {
          states[neighbour] = SEEN;
          plateau[count++] = neighbour;
        }
      }
    }
    if (isMaximum) for (let i = 0; i < count; i++) found[plateau[i]] = 1;
  }
  return take(found, new Uint8Array(data.length));
}

function extrema(name: string, action: string, image: NdArray, options: LocalExtremaOptions, sign: 1 | -1) {
  checkSpatialImage(image, { name, action });
  checkOptions({ name, action, options: ["connectivity", "allowBorders"] }, options);
  const { connectivity = image.ndim, allowBorders = true } = options;
  checkConnectivity(action, connectivity, image.ndim);
  const data = sign === 1 ? numbersOf(image) : negative(numbersOf(image));
  return boolImage(localMaximaOf(data, image.shape, connectivity, allowBorders), image);
}

/**
 * Find the pixels, and plateaus of equal ones, that are higher than all around them (scikit-image's `local_maxima`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns bool; a flat image has no maximum
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if the connectivity is out of range
 * @example
 * const markers = label(localMaxima(gaussian(image, { sigma: 3 })));
 */
export const localMaxima = (image: NdArray, options: LocalExtremaOptions = {}): NdArray<"bool"> =>
  extrema("localMaxima", "find maxima", image, options, 1);

/**
 * Find the pixels, and plateaus of equal ones, that are lower than all around them (scikit-image's `local_minima`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @returns bool; a flat image has no minimum
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if the connectivity is out of range
 * @example
 * const markers = label(localMinima(image));
 */
export const localMinima = (image: NdArray, options: LocalExtremaOptions = {}): NdArray<"bool"> =>
  extrema("localMinima", "find minima", image, options, -1);
