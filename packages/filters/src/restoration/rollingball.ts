import { checkOptions, type DType, NdArray } from "@bioengine/ndarray";
import { solidShape } from "../border";
import { checkSpatialImage, imageOf, numbersOf } from "../image";
import { checkNumber } from "../option";
import { type BallNumbers, ballRows } from "./ballrows";

/** Which ball rolls. */
export interface RollingBallOptions {
  /** In pixels, and in the image's unit. Default 100. */
  radius?: number;
}

const door = { name: "rollingBall", action: "roll a ball", options: ["radius"], aliases: { size: "radius" } };

/** The rows of a ball's upper half that are as far from its middle. */
interface BallRow {
  /** Where they are, by planes and rows. */
  readonly places: readonly (readonly [z: number, y: number])[];
  /** By how much lower than the ball's top its pixels are, from the row's middle to its end. */
  readonly drops: Float64Array;
}

function rowsOf(radius: number, ndim: number): BallRow[] {
  const reach = Math.ceil(radius);
  const rows = new Map<number, { places: [number, number][]; drops: Float64Array }>();
  for (let z = ndim > 2 ? -reach : 0; z <= (ndim > 2 ? reach : 0); z++) {
    for (let y = ndim > 1 ? -reach : 0; y <= (ndim > 1 ? reach : 0); y++) {
      const square = z * z + y * y;
      if (square > radius * radius) continue;
      const row = rows.get(square);
      if (row) {
        row.places.push([z, y]);
        continue;
      }
      let end = Math.floor(Math.sqrt(radius * radius - square));
      while (Math.sqrt(square + end * end) > radius) end--;
      const drops = Float64Array.from({ length: end + 1 }, (_, x) => {
        const rest = radius * radius - square - x * x;
        return radius - Math.sqrt(Math.max(0, rest));
      });
      rows.set(square, { places: [[z, y]], drops });
    }
  }
  return [...rows.values()];
}

/**
 * The background of an image: the surface that a ball's top reaches which rolls under the intensities (Sternberg 1983,
 * scikit-image's `rolling_ball`). Larger than the objects, it doesn't enter them.
 *
 * @param image `[y, x]` or `[z, y, x]`, bright objects on a dark background, any dtype; not modified
 * @returns the background, of the image's dtype; fractions of integers are dropped
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if the radius isn't above 0
 * @example
 * const flat = image.subtract(rollingBall(image, { radius: 30 }));
 */
export function rollingBall<D extends DType>(
  image: NdArray<D>,
  options: RollingBallOptions = {},
): NdArray<D> {
  const { action } = door;
  checkSpatialImage(image, door);
  checkOptions(door, options);
  const { radius = 100 } = options;
  checkNumber(action, "radius", radius, "above 0", Number.isFinite(radius) && radius > 0);
  const { ndim, dtype } = image;
  const data = background(ballable(image), solidShape(image.shape), rowsOf(radius, ndim), radius);
  const { shape, dimensions } = image;
  if (data instanceof Float64Array) return imageOf(data, image, dtype);
  const found =
    data instanceof Uint16Array
      ? new NdArray({ dtype: "uint16", shape, dimensions, buffer: data })
      : new NdArray({ dtype: "float32", shape, dimensions, buffer: data });
  return found.astype(dtype);
}

/** The image's values as numbers under which a ball rolls; perhaps the image's own memory. */
function ballable(image: NdArray): BallNumbers {
  const { dtype, data } = image;
  if (data instanceof Float32Array || data instanceof Uint16Array) return data;
  return dtype === "uint8" ? image.astype("uint16").data : numbersOf(image);
}

/**
 * The least of what each pixel lies above: rows are lowered one by one to what a row makes of those around it, of which
 * as many are alike as are as far away. In a row, pixels to the left and to the right are taken together.
 */
function background<N extends BallNumbers>(
  data: N,
  [depth, height, width]: readonly [number, number, number],
  rows: readonly BallRow[],
  radius: number,
): N {
  const reach = Math.ceil(radius);
  const far = Math.floor(radius);
  const { values, stride, outside, setTerm, lower } = ballRows(data, far + 4, width + 2 * reach, far + 2);
  const [line, nearest, found, pairs] = [0, 1, 2, 3].map((row) => row * stride);
  values.fill(outside, line, line + width + 2 * reach);
  const result = data.slice() as N;
  for (let z = 0, at = 0; z < depth; z++) {
    for (let y = 0; y < height; y++, at += width) {
      values.set(data.subarray(at, at + width), line + reach);
      for (let x = 0; x <= far; x++) {
        setTerm(0, line + reach - x, 0);
        setTerm(1, line + reach + x, 0);
        lower(pairs + x * stride, width, 2);
      }
      for (const { places, drops } of rows) {
        for (let x = 0; x < drops.length; x++) setTerm(x, pairs + x * stride, drops[x]);
        lower(nearest, width, drops.length);
        setTerm(0, nearest, 0);
        setTerm(1, found, 0);
        for (const [dz, dy] of places) {
          if (z + dz < 0 || z + dz >= depth || y + dy < 0 || y + dy >= height) continue;
          const from = ((z + dz) * height + y + dy) * width;
          values.set(result.subarray(from, from + width), found);
          lower(found, width, 2);
          result.set(values.subarray(found, found + width), from);
        }
      }
    }
  }
  return result;
}
