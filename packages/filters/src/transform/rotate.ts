import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { checkSpatialImage, floatsOf, floatType, imageOf, numbersOf } from "../image";
import { checkNumber } from "../option";
import type { Order } from "./interpolation";
import { checkOrder } from "./resize";

/** How `rotate` turns. */
export interface RotateOptions {
  /** Make the image as large as the turned one. Default false. */
  resize?: boolean;
  /** What it turns about, `[x, y]` in pixels, as in scikit-image. Default: the middle. */
  center?: readonly [number, number];
  /** 0: the nearest pixel, for labels; 1: linear; 3: cubic. Default 1, and 0 for bool. */
  order?: Order;
  /** The value beyond the edge. Default 0. */
  cval?: number;
  /** Cut values to the image's range, beyond which cubic interpolation swings. Default true. */
  clip?: boolean;
  /** Keep the values of integers, which are otherwise scaled to 0 .. 1. Default false. */
  preserveRange?: boolean;
}

const door = {
  name: "rotate",
  action: "rotate",
  options: ["resize", "center", "order", "cval", "clip", "preserveRange"],
  aliases: { reshape: "resize" },
};

/** A plane of pixels, `cval` around it. */
interface Plane {
  readonly data: Float64Array;
  readonly height: number;
  readonly width: number;
  readonly cval: number;
}

const pixelAt = ({ data, height, width, cval }: Plane, y: number, x: number): number =>
  y < 0 || y >= height || x < 0 || x >= width ? cval : data[y * width + x];

/** Catmull & Rom's cubic through four values, between the second and the third. */
const cubic = (t: number, a: number, b: number, c: number, d: number): number =>
  b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));

function sample(plane: Plane, y: number, x: number, order: Order): number {
  if (order === 0) return pixelAt(plane, Math.floor(y + 0.5), Math.floor(x + 0.5));
  const [top, left] = [Math.floor(y), Math.floor(x)];
  const [down, across] = [y - top, x - left];
  if (order === 1) {
    const [bottom, right] = [Math.ceil(y), Math.ceil(x)];
    const above = (1 - across) * pixelAt(plane, top, left) + across * pixelAt(plane, top, right);
    const below = (1 - across) * pixelAt(plane, bottom, left) + across * pixelAt(plane, bottom, right);
    return (1 - down) * above + down * below;
  }
  const rowAt = (at: number) =>
    cubic(
      across,
      pixelAt(plane, at, left - 1),
      pixelAt(plane, at, left),
      pixelAt(plane, at, left + 1),
      pixelAt(plane, at, left + 2),
    );
  return cubic(down, rowAt(top - 1), rowAt(top), rowAt(top + 1), rowAt(top + 2));
}

/** The axes of a turned image: what lies along them is a length only where pixels are square. */
function turned({ dimensions }: NdArray): NdArray["dimensions"] {
  const isSquare = dimensions?.every(({ spacing }) => spacing === dimensions[0].spacing);
  return isSquare ? dimensions : dimensions?.map(({ name }) => ({ name }));
}

/** Cut to the range of the image; `cval` is in it if it is in the result. */
function clipTo(result: Float64Array, data: Float64Array, cval: number): void {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of data) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (result.some((value) => value <= cval) && result.some((value) => value >= cval)) {
    low = Math.min(low, cval);
    high = Math.max(high, cval);
  }
  for (let i = 0; i < result.length; i++) result[i] = Math.min(high, Math.max(low, result[i]));
}

/**
 * Turn an image about a point, counter-clockwise (scikit-image's `rotate`).
 *
 * @param image `[y, x]`, any dtype; not modified
 * @param angle in degrees
 * @returns floats, integers being scaled to 0 .. 1 unless `preserveRange`; order 0 keeps integers and bools
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if it has other axes, or an option is out of range
 * @example
 * const upright = rotate(image, 30, { resize: true });
 */
export function rotate(image: NdArray, angle: number, options: RotateOptions = {}): NdArray {
  const { action } = door;
  checkSpatialImage(image, { ...door, rest: String(angle) }, [2]);
  checkNumber(action, "angle", angle, "a finite number of degrees", Number.isFinite(angle));
  checkOptions(door, options);
  const { dtype } = image;
  const { resize = false, order = dtype === "bool" ? 0 : 1, cval = 0, clip = true, preserveRange } = options;
  checkOrder(action, order, dtype);
  const [height, width] = image.shape;
  const { center = [width / 2 - 0.5, height / 2 - 0.5] } = options;
  const radians = (angle * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(radians), Math.sin(radians)];
  let shape = [height, width];
  let origin = [0, 0];
  if (resize) {
    const corners = [
      [0, 0],
      [0, height - 1],
      [width - 1, height - 1],
      [width - 1, 0],
    ].map(([x, y]) => {
      const [dx, dy] = [x - center[0], y - center[1]];
      return [cosine * dx + sine * dy + center[0], cosine * dy - sine * dx + center[1]];
    });
    const least = (axis: number) => Math.min(...corners.map((corner) => corner[axis]));
    const most = (axis: number) => Math.max(...corners.map((corner) => corner[axis]));
    shape = [Math.round(most(1) - least(1) + 1), Math.round(most(0) - least(0) + 1)];
    origin = [least(0), least(1)];
  }
  const isFloat = dtype.includes("float");
  const data = Float64Array.from(order > 0 || isFloat ? floatsOf(image, preserveRange) : numbersOf(image));
  const plane = { data, height, width, cval };
  const result = new Float64Array(shape[0] * shape[1]);
  for (let row = 0, at = 0; row < shape[0]; row++) {
    for (let column = 0; column < shape[1]; column++, at++) {
      const [dx, dy] = [column + origin[0] - center[0], row + origin[1] - center[1]];
      result[at] = sample(
        plane,
        sine * dx + cosine * dy + center[1],
        cosine * dx - sine * dy + center[0],
        order,
      );
    }
  }
  if (clip) clipTo(result, data, cval);
  const target = order > 0 && !isFloat ? "float64" : isFloat ? floatType(dtype) : dtype;
  return imageOf(result, { shape, dimensions: turned(image) }, target, order === 0 ? image.role : undefined);
}
