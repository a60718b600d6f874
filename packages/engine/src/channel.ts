import type { NdArray } from "@bioengine/ndarray";
import { type NumberArray, percentiles } from "./percentiles";
import type { Plane } from "./plane";
import type { Region } from "./stardist/starobjects";

/** A plane of an image as it lies in memory, whose values are stretched when they are read: (value - low) × factor. */
export interface Channel {
  readonly data: NumberArray;
  readonly height: number;
  readonly width: number;
  readonly low: number;
  readonly factor: number;
}

/**
 * Refuse an image in which nothing can be found.
 *
 * @param action for messages, e.g. `run stardist`
 * @throws {RangeError} if it has no pixels, or no finite value
 */
export function checkPixels(action: string, image: NdArray): void {
  if (image.size === 0) {
    throw new RangeError(
      `Cannot ${action}: the image must have pixels, got shape [${image.shape.join(", ")}]`,
    );
  }
  const { data } = image;
  const isFloat = data instanceof Float32Array || data instanceof Float64Array;
  if (isFloat && !data.some((value) => Number.isFinite(value))) {
    throw new RangeError(
      `Cannot ${action}: the image must have finite values, got ${data[0]} only; look where it was made`,
    );
  }
}

/** The values of an image `[y, x]` as they are. */
export function unstretched(image: NdArray): Channel {
  const [height, width] = image.shape;
  const data = image.data;
  const isBig = data instanceof BigInt64Array || data instanceof BigUint64Array;
  return { data: isBig ? image.astype("float32").data : data, height, width, low: 0, factor: 1 };
}

/**
 * The percentiles 1 and `upper` of an image `[y, x]` read as 0 and 1, as cellpose and StarDist do; a constant image
 * reads as 0.
 */
export function stretched(image: NdArray, upper: number): Channel {
  const channel = unstretched(image);
  const [low, high] = percentiles(channel.data, [1, upper]);
  return { ...channel, low, factor: high > low ? 1 / (high - low) : 0 };
}

/** The part of a channel in a region, stretched; NaN and infinities are read as 0. */
export function readRegion({ data, width, low, factor }: Channel, region: Region): Plane {
  const { top, left, bottom, right } = region;
  const columns = right - left;
  const result = new Float32Array((bottom - top) * columns);
  for (let y = top, pixel = 0; y < bottom; y++) {
    for (let position = y * width + left, end = position + columns; position < end; position++, pixel++) {
      const value = data[position];
      // Infinity and NaN less themselves are NaN.
      if (value - value === 0) result[pixel] = (value - low) * factor;
    }
  }
  return { data: result, height: bottom - top, width: columns };
}
