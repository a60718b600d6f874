import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { extent } from "../bins";
import { type BorderMode, checkMode } from "../border";
import { checkSpatialImage, type Floats, floatImage, floatsOf, newFloatsOf, numbersOf } from "../image";
import { checkNumber } from "../option";
import { visitBilateral } from "./bilateralrows";

/** How `denoiseBilateral` weighs neighbours. */
export interface DenoiseBilateralOptions {
  /** Odd side of the neighbourhood in pixels. Default 6 `sigmaSpatial` and 1, but at least 5. */
  winSize?: number;
  /** How much values may differ: a standard deviation, of integers scaled to 0 .. 1. Default: that of the image. */
  sigmaColor?: number;
  /** How far pixels may be apart: a standard deviation in pixels. Default 1. */
  sigmaSpatial?: number;
  /** How many weights of differences are computed. Default 10000. */
  bins?: number;
  /** What is beyond the edge. Default `"constant"`. */
  mode?: BorderMode;
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
}

const door = {
  name: "denoiseBilateral",
  action: "denoise",
  options: ["winSize", "sigmaColor", "sigmaSpatial", "bins", "mode", "cval"],
  aliases: { windowSize: "winSize", sigma: "sigmaSpatial" },
};

const weight = (distance: number, sigma: number) => Math.exp(-0.5 * (distance / sigma) ** 2);

/** Weights of a window's pixels. scikit-image's lie one row and column aside of the middle of a table one wider. */
function spatialWeights(side: number, sigma: number): Float64Array {
  const wide = side + 1;
  const first = -Math.ceil(side / 2);
  return Float64Array.from({ length: side * side }, (_, i) =>
    weight(Math.hypot(first + Math.floor(i / wide), first + (i % wide)), sigma),
  );
}

function deviation(data: Floats): number {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < data.length; i++) sum += data[i];
  const mean = sum / data.length;
  for (let i = 0; i < data.length; i++) squares += (data[i] - mean) ** 2;
  return Math.sqrt(squares / data.length);
}

/**
 * Smooth within objects and not over their edges: the mean of near pixels of like value (Tomasi & Manduchi 1998,
 * scikit-image's `denoise_bilateral`, of one channel).
 *
 * @param image `[y, x]`, any dtype; not modified
 * @returns float64, or float32 for float32 images; integers are scaled to 0 .. 1
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if it has other axes, or an option is out of range
 * @example
 * const clean = denoiseBilateral(image, { sigmaColor: 0.05, sigmaSpatial: 3 });
 */
export function denoiseBilateral(
  image: NdArray,
  options: DenoiseBilateralOptions = {},
): NdArray<"float32" | "float64"> {
  const { action } = door;
  checkSpatialImage(image, door, [2]);
  checkOptions(door, options);
  const { sigmaSpatial = 1, bins = 10000, mode = "constant", cval = 0 } = options;
  checkNumber(action, "sigmaSpatial", sigmaSpatial, "above 0", sigmaSpatial > 0);
  const { winSize = Math.max(5, 2 * Math.ceil(3 * sigmaSpatial) + 1) } = options;
  checkNumber(
    action,
    "winSize",
    winSize,
    "odd",
    Number.isInteger(winSize) && winSize > 0 && winSize % 2 === 1,
  );
  checkNumber(action, "bins", bins, "a whole number above 0", Number.isInteger(bins) && bins > 0);
  checkMode(action, mode);
  const [least, most] = extent(numbersOf(image));
  const result = newFloatsOf(image);
  if (least === most) return floatImage(result, image);
  const { sigmaColor = deviation(floatsOf(image)) } = options;
  checkNumber(action, "sigmaColor", sigmaColor, "above 0", sigmaColor > 0);
  const values = Float64Array.from(result);
  const lowest = least < 0 ? least : 0;
  for (let i = 0; i < values.length; i++) values[i] -= lowest;
  const range = most - lowest;
  const likeness = Float64Array.from({ length: bins }, (_, bin) => weight((bin * most) / bins, sigmaColor));
  const nearness = spatialWeights(winSize, sigmaSpatial);
  const weights = { nearness, likeness, scale: bins / range, lowest };
  visitBilateral(values, image.shape, winSize, weights, { mode, cval }, (y, means) => {
    result.set(means, y * means.length);
  });
  return floatImage(result, image);
}
