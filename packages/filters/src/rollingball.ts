import { type DType, itemSize, type NdArray } from "@bioengine/ndarray";
import { numbersLike, padded, solidShape } from "./border";
import type { Numbers } from "./extremum";
import { checkImage, floatType, imageOf, numbersOf } from "./image";
import { checkNumber, checkOptions } from "./option";

/** Which ball rolls. */
export interface RollingBallOptions {
  /** In pixels, and in the image's unit. Default 100. */
  radius?: number;
}

const door = { name: "rollingBall", action: "roll a ball", options: ["radius"], aliases: { size: "radius" } };

/** A row of a ball's upper half: by how much lower each pixel is than its top. */
interface BallRow {
  readonly z: number;
  readonly y: number;
  readonly x: number;
  readonly drops: Float64Array;
}

/** The rows of a ball, the middle one first, which lowers most. */
function rowsOf(radius: number, ndim: number): BallRow[] {
  const reach = Math.ceil(radius);
  const rows: BallRow[] = [];
  for (let z = ndim > 2 ? -reach : 0; z <= (ndim > 2 ? reach : 0); z++) {
    for (let y = ndim > 1 ? -reach : 0; y <= (ndim > 1 ? reach : 0); y++) {
      const square = z * z + y * y;
      if (square > radius * radius) continue;
      let x = Math.floor(Math.sqrt(radius * radius - square));
      while (Math.sqrt(square + x * x) > radius) x--;
      const drops = Float64Array.from({ length: 2 * x + 1 }, (_, i) => {
        const rest = radius * radius - square - (i - x) ** 2;
        return radius - Math.sqrt(Math.max(0, rest));
      });
      rows.push({ z, y, x: -x, drops });
    }
  }
  return rows.sort((a, b) => a.z * a.z + a.y * a.y - (b.z * b.z + b.y * b.y));
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
  const radii: [number, number, number] = [ndim > 2 ? reach : 0, ndim > 1 ? reach : 0, reach];
  // The fraction that whole numbers from 0 on lose in the end, they may lose at once.
  const isWhole = dtype.startsWith("u") && itemSize(dtype) <= 2;
  const outside = isWhole ? 2 ** 29 : Number.POSITIVE_INFINITY;
  const numbers = isWhole ? image.astype("int32").data : numbersOf(image);
  const { data, row, plane } = padded(numbers, solid, radii, "constant", outside);
  const rows = rowsOf(radius, ndim);
  const round = isWhole ? Math.floor : floatType(dtype) === "float32" ? Math.fround : Number;
  for (const { drops } of rows) for (let i = 0; i < drops.length; i++) drops[i] = round(drops[i]);
  const background = numbersLike(data, image.size).fill(outside);
  for (let z = 0, at = 0; z < depth; z++) {
    for (let y = 0; y < height; y++, at += width) {
      const middle = (z + radii[0]) * plane + (y + radii[1]) * row + radii[2];
      const line = background.subarray(at, at + width);
      for (const part of rows) lower(line, data, middle + part.z * plane + part.y * row + part.x, part.drops);
    }
  }
  return imageOf(background, image, dtype);
}

/** Lower a line to where a row of the ball touches. */
function lower(line: Numbers, data: Numbers, from: number, drops: Float64Array): void {
  for (let i = 0; i < drops.length; i++) {
    if (line instanceof Int32Array && data instanceof Int32Array)
      lowerIntegers(line, data, from + i, drops[i] | 0);
    else lowerFloats(line, data, from + i, drops[i]);
  }
}

function lowerIntegers(line: Int32Array, data: Int32Array, from: number, drop: number): void {
  for (let x = 0; x < line.length; x++) {
    const value = data[from + x] + drop;
    const difference = line[x] - value;
    // Without a branch: of noise, half of them would be mispredicted.
    line[x] = value + (difference & (difference >> 31));
  }
}

function lowerFloats(line: Numbers, data: Numbers, from: number, drop: number): void {
  for (let x = 0; x < line.length; x++) {
    const value = data[from + x] + drop;
    if (value < line[x]) line[x] = value;
  }
}
