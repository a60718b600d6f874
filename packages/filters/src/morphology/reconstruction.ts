import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { checkSameShape, checkSpatialImage, floatImage, floatType, negative, numbersOf } from "../image";
import { frameOf } from "../neighbourhood";

/** How `reconstruction` grows. */
export interface ReconstructionOptions {
  /** `"dilation"` (default): the seed grows under the mask; `"erosion"`: it shrinks above it. */
  method?: "dilation" | "erosion";
}

/** Let a seed grow under a mask, over corners too: two scans, then what is still open (Vincent 1993). */
export function reconstructed(
  seed: Float64Array,
  mask: Float64Array,
  shape: readonly number[],
): Float64Array {
  const { size, steps, fill, take } = frameOf(shape, shape.length);
  const values = fill(new Float64Array(size).fill(Number.NEGATIVE_INFINITY), seed);
  const limits = fill(new Float64Array(size).fill(Number.NEGATIVE_INFINITY), mask);
  const before = steps.filter((step) => step < 0);
  const behind = steps.filter((step) => step > 0);
  const grow = (pixel: number, from: Int32Array) => {
    let value = values[pixel];
    for (let i = 0; i < from.length; i++)
      if (values[pixel + from[i]] > value) value = values[pixel + from[i]];
    values[pixel] = value < limits[pixel] ? value : limits[pixel];
  };
  const isInside = (pixel: number) => limits[pixel] > Number.NEGATIVE_INFINITY;
  for (let pixel = 0; pixel < size; pixel++) if (isInside(pixel)) grow(pixel, before);
  const queue: number[] = [];
  for (let pixel = size - 1; pixel >= 0; pixel--) {
    if (!isInside(pixel)) continue;
    grow(pixel, behind);
    for (let i = 0; i < behind.length; i++) {
      const other = pixel + behind[i];
      if (values[other] < values[pixel] && values[other] < limits[other]) {
        queue.push(pixel);
        break;
      }
    }
  }
  for (let done = 0; done < queue.length; done++) {
    const pixel = queue[done];
    for (let i = 0; i < steps.length; i++) {
      const other = pixel + steps[i];
      if (!(values[other] < values[pixel] && values[other] < limits[other])) continue;
      values[other] = Math.min(values[pixel], limits[other]);
      queue.push(other);
    }
  }
  return take(values, new Float64Array(seed.length));
}

const door = { name: "reconstruction", action: "reconstruct", options: ["method"] };

/**
 * Let a seed image grow under a mask image as far as it is connected (scikit-image's `reconstruction`), over corners
 * too: fills holes, or takes peaks off.
 *
 * @param seed `[y, x]` or `[z, y, x]`, any dtype, nowhere above the mask (below, for erosion); not modified
 * @param mask the seed's shape
 * @returns float64, or float32 for float32 masks
 * @throws {TypeError} if an argument is no NdArray, or an option is unknown
 * @throws {RangeError} if the shapes differ, or the seed is on the wrong side of the mask
 * @example
 * const background = reconstruction(image.subtract(50), image);
 */
export function reconstruction(
  seed: NdArray,
  mask: NdArray,
  options: ReconstructionOptions = {},
): NdArray<"float32" | "float64"> {
  const { action } = door;
  checkSpatialImage(seed, { ...door, subject: "seed", other: "mask" });
  checkSameShape(seed, mask, action, "the mask");
  checkOptions(door, options);
  const { method = "dilation" } = options;
  if (method !== "dilation" && method !== "erosion") {
    throw new RangeError(`Cannot ${action}: method must be dilation or erosion, got ${String(method)}`);
  }
  const isDilation = method === "dilation";
  const [from, under] = [seed, mask].map((one) => (isDilation ? numbersOf(one) : negative(numbersOf(one))));
  if (from.some((value, i) => value > under[i])) {
    const side = isDilation ? "above" : "below";
    throw new RangeError(`Cannot ${action}: the seed must be nowhere ${side} the mask`);
  }
  const grown = reconstructed(from, under, seed.shape);
  const result = isDilation ? grown : negative(grown);
  return floatImage(floatType(mask.dtype) === "float32" ? Float32Array.from(result) : result, seed);
}
