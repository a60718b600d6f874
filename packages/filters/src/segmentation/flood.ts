import { checkOptions, type DType, type NdArray } from "@bioengine/ndarray";
import { boolImage, checkSpatialImage, numbersOf } from "../image";
import { checkConnectivity, frameOf } from "../neighbourhood";
import { checkNumber } from "../option";

/** How far `flood` goes. */
export interface FloodOptions {
  /** How many axes neighbours may differ in. Default: all. */
  connectivity?: number;
  /** How much values may differ from the seed's. Default 0. */
  tolerance?: number;
}

/** Mark what is connected to a pixel and like it. */
function flooded(
  name: string,
  image: NdArray,
  seedPoint: readonly number[],
  options: FloodOptions,
): Uint8Array {
  const action = "flood";
  checkSpatialImage(image, { name, action, rest: name === "flood" ? "[0, 0]" : "[0, 0], 1" });
  checkOptions({ name, action, options: ["connectivity", "tolerance"] }, options);
  const { ndim, shape } = image;
  const { connectivity = ndim, tolerance = 0 } = options;
  checkConnectivity(action, connectivity, ndim);
  checkNumber(action, "tolerance", tolerance, "at least 0", tolerance >= 0);
  if (!Array.isArray(seedPoint) || seedPoint.length !== ndim) {
    const example = shape.map(() => 0).join(", ");
    throw new TypeError(
      `Cannot ${action}: the seed must be ${ndim} indices such as [${example}], got ${JSON.stringify(seedPoint)}`,
    );
  }
  const value = image.get(...seedPoint);
  const data = numbersOf(image);
  const states = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) states[i] = Math.abs(data[i] - value) <= tolerance ? 1 : 0;
  const frame = frameOf(shape, connectivity);
  const open = frame.fill(new Uint8Array(frame.size), states);
  const seed = new Uint8Array(data.length);
  seed[seedPoint.reduce((at, index, axis) => at * shape[axis] + ((index + shape[axis]) % shape[axis]), 0)] =
    1;
  const reached = frame.fill(new Uint8Array(frame.size), seed);
  const queue = new Int32Array(frame.size);
  queue[0] = reached.indexOf(1);
  let count = 1;
  for (let done = 0; done < count; done++) {
    for (let i = 0; i < frame.steps.length; i++) {
      const other = queue[done] + frame.steps[i];
      if (open[other] === 0 || reached[other] === 1) continue;
      reached[other] = 1;
      queue[count++] = other;
    }
  }
  return frame.take(reached, seed);
}

/**
 * Mark the pixels that are connected to one and have its value (scikit-image's `flood`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @param seedPoint indices of a pixel; negative ones count from the end
 * @returns bool
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an index or an option is out of range
 * @example
 * const background = flood(image, [0, 0], { tolerance: 10 });
 */
export const flood = (
  image: NdArray,
  seedPoint: readonly number[],
  options: FloodOptions = {},
): NdArray<"bool"> => boolImage(flooded("flood", image, seedPoint, options), image);

/**
 * Fill the pixels that are connected to one and have its value (scikit-image's `flood_fill`).
 *
 * @param image `[y, x]` or `[z, y, x]`, any dtype; not modified
 * @param seedPoint indices of a pixel; negative ones count from the end
 * @param newValue converted as by `astype`
 * @returns the image's dtype
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if an index or an option is out of range
 * @example
 * const marked = floodFill(image, [10, 20], 255);
 */
export function floodFill<D extends DType>(
  image: NdArray<D>,
  seedPoint: readonly number[],
  newValue: number,
  options: FloodOptions = {},
): NdArray<D> {
  const marks = flooded("floodFill", image, seedPoint, options);
  const filled = image.copy();
  const { buffer } = filled;
  const isBig = buffer instanceof BigInt64Array || buffer instanceof BigUint64Array;
  const value = isBig ? BigInt(Math.trunc(newValue)) : newValue;
  for (let i = 0; i < marks.length; i++) if (marks[i] === 1) buffer[i] = value;
  return filled;
}
