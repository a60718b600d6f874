import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { type Border, type BorderMode, borderIndex, checkMode } from "../border";
import { checkImage, floatImage, floatType } from "../image";
import { checkNumber } from "../option";
import { checkOrder } from "./resize";

/** How `profileLine` samples. */
export interface ProfileLineOptions {
  /** How many pixels wide the line is. Default 1. */
  linewidth?: number;
  /** 0: the nearest pixel; 1: linear. Default 1, and 0 for bool. */
  order?: 0 | 1;
  /** What is beyond the edge. Default `"reflect"`. */
  mode?: BorderMode;
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
  /** What is made of the values across a wide line. Default `"mean"`. */
  reduceFunc?: "mean" | "max" | "min" | "sum";
}

const door = {
  name: "profileLine",
  action: "sample a line",
  options: ["linewidth", "order", "mode", "cval", "reduceFunc"],
  aliases: { width: "linewidth", reduce: "reduceFunc", reduceFunction: "reduceFunc" },
};

const reductions: Readonly<Record<string, (values: Float64Array) => number>> = {
  mean: (values) => values.reduce((sum, value) => sum + value) / values.length,
  max: (values) => values.reduce((most, value) => Math.max(most, value)),
  min: (values) => values.reduce((least, value) => Math.min(least, value)),
  sum: (values) => values.reduce((sum, value) => sum + value),
};

/** The place inside an image that stands for one beyond its edge; SciPy takes the nearest pixel of that. */
function foldedPlace(place: number, length: number, mode: BorderMode): number {
  if (mode === "nearest" || (mode === "mirror" && length === 1)) {
    return Math.min(Math.max(place, 0), length - 1);
  }
  if (mode === "mirror") {
    const within = Math.abs(place) % (2 * length - 2);
    return within >= length ? 2 * length - 2 - within : within;
  }
  if (mode === "reflect") {
    const within = (place < 0 ? -place - 1 : place) % (2 * length);
    return within >= length ? 2 * length - 1 - within : within;
  }
  return place;
}

/** Reads an image between its pixels. */
function samplerOf(image: NdArray, order: 0 | 1, { mode, cval }: Border): (y: number, x: number) => number {
  const { data, shape, dtype } = image;
  const [height, width] = shape;
  const valueAt = (y: number, x: number): number => {
    const [row, column] = [borderIndex(y, height, mode), borderIndex(x, width, mode)];
    return row < 0 || column < 0 ? cval : Number(data[row * width + column]);
  };
  const isWhole = !dtype.includes("float");
  return (y, x) => {
    const [down, right] = [foldedPlace(y, height, mode), foldedPlace(x, width, mode)];
    if (order === 0) return valueAt(Math.floor(down + 0.5), Math.floor(right + 0.5));
    const [row, column] = [Math.floor(down), Math.floor(right)];
    const [t, u] = [down - row, right - column];
    const value =
      (1 - t) * ((1 - u) * valueAt(row, column) + u * valueAt(row, column + 1)) +
      t * ((1 - u) * valueAt(row + 1, column) + u * valueAt(row + 1, column + 1));
    return isWhole ? Math.sign(value) * Math.floor(Math.abs(value) + 0.5) : value;
  };
}

/** A number of places from one to another, both included. */
function placesBetween(from: number, to: number, count: number): Float64Array {
  const step = (to - from) / (count - 1);
  return Float64Array.from({ length: count }, (_, i) =>
    i === 0 ? from : i < count - 1 ? i * step + from : to,
  );
}

function checkPoint(name: string, point: unknown): void {
  const isPoint =
    Array.isArray(point) && point.length === 2 && point.every((place) => Number.isFinite(place));
  if (isPoint) return;
  const got = Array.isArray(point) ? `[${point.join(", ")}]` : String(point);
  throw new TypeError(
    `Cannot ${door.action}: the ${name} must be two numbers y and x, got ${got}; use profileLine(image, [0, 0], [20, 30])`,
  );
}

/**
 * The grey values along a line (scikit-image's `profile_line`), a sample about every pixel. As there, samples of integers
 * are rounded: those of `image.astype("float64")` are not.
 *
 * @param image `[y, x]`, any dtype; not modified
 * @param src where it starts, `[y, x]` in pixels
 * @param dst where it ends, included
 * @returns float64 `[n]`, or float32 for float32 and float16 images
 * @throws {TypeError} if it is no NdArray, a point isn't two numbers, or an option is unknown
 * @throws {RangeError} if the axes are others, or an option is out of range
 * @example
 * const profile = profileLine(image, [10, 5], [10, 60], { linewidth: 3 });
 */
export function profileLine(
  image: NdArray,
  src: readonly [y: number, x: number],
  dst: readonly [y: number, x: number],
  options: ProfileLineOptions = {},
): NdArray<"float32" | "float64"> {
  const { action } = door;
  checkImage(image, action, [2]);
  checkPoint("start", src);
  checkPoint("end", dst);
  checkOptions(door, options);
  const { linewidth = 1, mode = "reflect", cval = 0, reduceFunc = "mean" } = options;
  const { order = image.dtype === "bool" ? 0 : 1 } = options;
  checkNumber(
    action,
    "linewidth",
    linewidth,
    "a whole number from 1",
    Number.isInteger(linewidth) && linewidth > 0,
  );
  checkNumber(action, "order", order, "0 or 1", order === 0 || order === 1);
  checkOrder(action, order, image.dtype);
  checkMode(action, mode);
  if (!Object.hasOwn(reductions, reduceFunc)) {
    const names = Object.keys(reductions).join(", ");
    throw new RangeError(`Cannot ${action}: reduceFunc must be one of ${names}, got ${String(reduceFunc)}`);
  }
  const [rise, run] = [dst[0] - src[0], dst[1] - src[1]];
  const angle = Math.atan2(rise, run);
  const count = Math.ceil(Math.hypot(rise, run) + 1);
  const [ys, xs] = [0, 1].map((axis) => placesBetween(src[axis], dst[axis], count));
  const [halfY, halfX] = [Math.cos(angle), Math.sin(-angle)].map((part) => ((linewidth - 1) * part) / 2);
  const sample = samplerOf(image, order, { mode, cval });
  const round = floatType(image.dtype) === "float32" ? Math.fround : (value: number) => value;
  const profile = Float64Array.from(ys, (y, i) => {
    const across = placesBetween(y - halfY, y + halfY, linewidth);
    const places = placesBetween(xs[i] - halfX, xs[i] + halfX, linewidth);
    return reductions[reduceFunc](across.map((place, j) => round(sample(place, places[j]))));
  });
  const grid = { shape: [count], dimensions: undefined };
  return floatImage(round === Math.fround ? Float32Array.from(profile) : profile, grid);
}
