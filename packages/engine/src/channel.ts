import { percentiles } from "./percentiles";
import type { Plane } from "./plane";
import type { Region } from "./starobjects";

/** A plane whose values are stretched when they are read: (value - low) × factor. */
export interface Channel extends Plane {
  readonly low: number;
  readonly factor: number;
}

/** The values as they are. */
export const unstretched = (plane: Plane): Channel => ({ ...plane, low: 0, factor: 1 });

/** The percentiles 1 and `upper` read as 0 and 1, as cellpose and StarDist do; a constant plane reads as 0. */
export function stretched(plane: Plane, upper: number): Channel {
  const [low, high] = percentiles(plane.data, [1, upper]);
  return { ...plane, low, factor: high > low ? 1 / (high - low) : 0 };
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
