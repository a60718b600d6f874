import { type DType, itemSize, type NdArray } from "@bioengine/ndarray";
import { numbersLike, solidShape } from "./border";
import { checkImage, floatType, imageOf, numbersOf } from "./image";
import { checkNumber, checkOptions } from "./option";

/** Which ball rolls. */
export interface RollingBallOptions {
  /** In pixels, and in the image's unit. Default 100. */
  radius?: number;
}

const door = { name: "rollingBall", action: "roll a ball", options: ["radius"], aliases: { size: "radius" } };

type Numbers = Int32Array | Float64Array;

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
  checkImage(image, action);
  checkOptions(door, options);
  const { radius = 100 } = options;
  checkNumber(action, "radius", radius, "above 0", Number.isFinite(radius) && radius > 0);
  const { ndim, dtype } = image;
  const solid = solidShape(image.shape);
  const [depth, height, width] = solid;
  const reach = Math.ceil(radius);
  // The fraction that whole numbers from 0 on lose in the end, they may lose at once.
  const isWhole = dtype.startsWith("u") && itemSize(dtype) <= 2;
  const outside = isWhole ? 2 ** 29 : Number.POSITIVE_INFINITY;
  const numbers = isWhole ? image.astype("int32").data : numbersOf(image);
  const rows = rowsOf(radius, ndim);
  const round = isWhole ? Math.floor : floatType(dtype) === "float32" ? Math.fround : Number;
  for (const { drops } of rows) for (let i = 0; i < drops.length; i++) drops[i] = round(drops[i]);
  const background = numbersLike(numbers, image.size).fill(outside);
  const [line, nearest] = [
    numbersLike(numbers, width + 2 * reach).fill(outside),
    numbersLike(numbers, width),
  ];
  const pairs = Array.from({ length: Math.floor(radius) + 1 }, () => numbersLike(numbers, width));
  for (let z = 0, at = 0; z < depth; z++) {
    for (let y = 0; y < height; y++, at += width) {
      line.set(numbers.subarray(at, at + width), reach);
      for (const [x, pair] of pairs.entries())
        leastOfTwo(pair, line.subarray(reach - x), line.subarray(reach + x));
      for (const { places, drops } of rows) {
        nearest.fill(outside);
        for (let x = 0; x < drops.length; x++) lower(nearest, pairs[x], drops[x]);
        for (const [dz, dy] of places) {
          if (z + dz < 0 || z + dz >= depth || y + dy < 0 || y + dy >= height) continue;
          const from = ((z + dz) * height + y + dy) * width;
          lower(background.subarray(from, from + width), nearest, 0);
        }
      }
    }
  }
  return imageOf(background, image, dtype);
}

/** Lower values to those of other ones with the ball's drop. */
function lower(line: Numbers, data: Numbers, drop: number): void {
  if (line instanceof Int32Array && data instanceof Int32Array) lowerIntegers(line, data, drop | 0);
  else lowerFloats(line, data, drop);
}

function lowerIntegers(line: Int32Array, data: Int32Array, drop: number): void {
  for (let x = 0; x < line.length; x++) {
    const value = data[x] + drop;
    const difference = line[x] - value;
    // Without a branch: of noise, half of them would be mispredicted.
    line[x] = value + (difference & (difference >> 31));
  }
}

function lowerFloats(line: Numbers, data: Numbers, drop: number): void {
  for (let x = 0; x < line.length; x++) {
    const value = data[x] + drop;
    if (value < line[x]) line[x] = value;
  }
}

/** The least of each two values; NaN is never taken. */
function leastOfTwo(result: Numbers, values: Numbers, others: Numbers): void {
  for (let x = 0; x < result.length; x++) {
    const [value, other] = [values[x], others[x]];
    result[x] = value < other || Number.isNaN(other) ? value : other;
  }
}
