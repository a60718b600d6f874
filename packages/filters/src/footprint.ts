import { NdArray } from "@bioengine/ndarray";
import { solidShape } from "./border";
import { checkNumber } from "./option";

const radiusAction = "make a footprint";

function checkRadius(radius: number): void {
  checkNumber(radiusAction, "radius", radius, "at least 0", Number.isFinite(radius) && radius >= 0);
}

/** A footprint of what lies within a radius; a radius that is no whole number is cut to whole pixels. */
function within(ndim: 2 | 3, radius: number, isInside: (z: number, y: number, x: number) => boolean) {
  checkRadius(radius);
  const reach = Math.floor(radius);
  const side = 2 * reach + 1;
  const shape = new Array<number>(ndim).fill(side);
  const buffer = new Uint8Array(side ** ndim);
  for (let i = 0; i < buffer.length; i++) {
    const z = ndim === 3 ? Math.floor(i / side ** 2) - reach : 0;
    const y = (Math.floor(i / side) % side) - reach;
    buffer[i] = isInside(z, y, (i % side) - reach) ? 1 : 0;
  }
  return new NdArray({ dtype: "uint8", shape, buffer });
}

/**
 * A disk as a footprint, uint8 `[y, x]` of 2 · radius + 1 pixels a side (scikit-image's `disk`).
 *
 * @param radius in pixels
 * @throws {RangeError} if it is negative
 * @example
 * opening(image, disk(3));
 */
export const disk = (radius: number): NdArray<"uint8"> =>
  within(2, radius, (_, y, x) => y * y + x * x <= radius * radius);

/**
 * A ball as a footprint, uint8 `[z, y, x]` (scikit-image's `ball`).
 *
 * @param radius in pixels
 * @throws {RangeError} if it is negative
 * @example
 * opening(volume, ball(2));
 */
export const ball = (radius: number): NdArray<"uint8"> =>
  within(3, radius, (z, y, x) => z * z + y * y + x * x <= radius * radius);

/**
 * A diamond as a footprint, uint8 `[y, x]` (scikit-image's `diamond`).
 *
 * @param radius in pixels
 * @throws {RangeError} if it is negative
 * @example
 * dilation(mask, diamond(2));
 */
export const diamond = (radius: number): NdArray<"uint8"> =>
  within(2, radius, (_, y, x) => Math.abs(y) + Math.abs(x) <= radius);

/**
 * An octahedron as a footprint, uint8 `[z, y, x]` (scikit-image's `octahedron`).
 *
 * @param radius in pixels
 * @throws {RangeError} if it is negative
 * @example
 * dilation(volume, octahedron(1));
 */
export const octahedron = (radius: number): NdArray<"uint8"> =>
  within(3, radius, (z, y, x) => Math.abs(z) + Math.abs(y) + Math.abs(x) <= radius);

/**
 * A rectangle, or a box, as a footprint (scikit-image's `footprint_rectangle`).
 *
 * @param shape lengths in pixels, `[y, x]` or `[z, y, x]`
 * @returns uint8 of ones
 * @throws {RangeError} if a length is no whole number above 0
 * @example
 * erosion(mask, footprintRectangle([3, 5]));
 */
export function footprintRectangle(shape: readonly number[]): NdArray<"uint8"> {
  const lengths = Array.isArray(shape) ? shape : [shape];
  const isRight = lengths.length > 1 && lengths.every((length) => Number.isInteger(length) && length > 0);
  if (!isRight) {
    throw new RangeError(
      `Cannot ${radiusAction}: the shape must be lengths above 0 such as [3, 3], got [${lengths.join(", ")}]`,
    );
  }
  const size = lengths.reduce((product, length) => product * length, 1);
  return new NdArray({ dtype: "uint8", shape: [...lengths], buffer: new Uint8Array(size).fill(1) });
}

/**
 * A square as a footprint (scikit-image's former `square`; `footprintRectangle([size, size])`).
 *
 * @param size length of a side in pixels
 * @throws {RangeError} if it is no whole number above 0
 * @example
 * closing(mask, square(3));
 */
export const square = (size: number): NdArray<"uint8"> => footprintRectangle([size, size]);

/** Neighbouring pixels of a row of a footprint. */
export interface FootprintRun {
  readonly z: number;
  readonly y: number;
  /** Its first pixel, from the middle. */
  readonly x: number;
  readonly length: number;
}

/** A footprint by its runs. */
export interface Window {
  readonly runs: readonly FootprintRun[];
  /** How far it reaches from its middle along z, y, x. */
  readonly radii: readonly [number, number, number];
  /** Number of its pixels. */
  readonly size: number;
}

/**
 * A window of the pixels that are not 0.
 *
 * @param evenMiddle which of the two middle pixels of an even side is the middle; default: the second
 */
export function windowOf(footprint: NdArray, evenMiddle: "first" | "second" = "second"): Window {
  const [depth, height, width] = solidShape(footprint.shape);
  const middleOf = (length: number) => (evenMiddle === "first" ? length - 1 : length) >> 1;
  const [front, top, left] = [middleOf(depth), middleOf(height), middleOf(width)];
  const { data } = footprint;
  const runs: FootprintRun[] = [];
  let size = 0;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const row = (z * height + y) * width;
      for (let x = 0; x < width; x++) {
        if (Number(data[row + x]) === 0) continue;
        let length = 1;
        while (x + length < width && Number(data[row + x + length]) !== 0) length++;
        runs.push({ z: z - front, y: y - top, x: x - left, length });
        size += length;
        x += length;
      }
    }
  }
  return { runs, radii: [depth >> 1, height >> 1, width >> 1], size };
}

/** The window mirrored about its middle. */
export const mirrored = ({ runs, radii, size }: Window): Window => ({
  runs: runs.map(({ z, y, x, length }) => ({ z: -z, y: -y, x: 1 - x - length, length })),
  radii,
  size,
});

/** Pixels that differ from the middle by at most 1 in at most `connectivity` axes, as a footprint of 3 a side. */
export function connectivityFootprint(ndim: number, connectivity: number): NdArray<"uint8"> {
  const buffer = new Uint8Array(3 ** ndim);
  for (let i = 0; i < buffer.length; i++) {
    let steps = 0;
    for (let rest = i, axis = 0; axis < ndim; axis++, rest = Math.floor(rest / 3))
      if (rest % 3 !== 1) steps++;
    buffer[i] = steps <= connectivity ? 1 : 0;
  }
  return new NdArray({ dtype: "uint8", shape: new Array<number>(ndim).fill(3), buffer });
}

/**
 * Check a footprint at a public door.
 *
 * @param call the caller's name
 * @param write the corrected line with a footprint, if that isn't the second argument
 * @throws {TypeError} if it is no NdArray; the message has the corrected line
 * @throws {RangeError} if it has other axes than the image, or no pixel
 */
export function checkFootprint(
  action: string,
  call: string,
  image: NdArray,
  footprint: NdArray,
  write: (made: string) => string = (made) => `${call}(image, ${made})`,
): void {
  const shape = image.ndim === 3 ? "ball" : "disk";
  if (typeof footprint?.dtype !== "string") {
    const value: unknown = footprint;
    const radius = typeof value === "number" ? value : 3;
    const got = typeof value === "object" ? "an object" : String(value);
    throw new TypeError(
      `Cannot ${action}: the footprint must be an NdArray, got ${got}; use ${write(`${shape}(${radius})`)}`,
    );
  }
  if (footprint.ndim !== image.ndim || windowOf(footprint).size === 0) {
    throw new RangeError(
      `Cannot ${action}: the footprint must have the image's ${image.ndim} axes, and pixels that are not 0, got shape [${footprint.shape.join(", ")}]; use ${write(`${shape}(3)`)}`,
    );
  }
}
