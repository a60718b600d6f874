import { label } from "@bioengine/measure";
import { checkOptions, NdArray } from "@bioengine/ndarray";
import { type Border, type BorderMode, checkMode } from "../border";
import { gaussianHalf, smoothed } from "../filter/gaussian";
import { type SlopeVisitor, visitSlopes } from "../filter/slopes";
import { footprintRectangle } from "../footprint";
import {
  binaryOf,
  boolImage,
  checkSameShape,
  checkSpatialImage,
  type Floats,
  floatsLike,
  largestOf,
  newFloatsOf,
  scaledOf,
} from "../image";
import { binaryErosion } from "../morphology/binarymorphology";
import { checkNumber } from "../option";

/** Which edges `canny` finds. */
export interface CannyOptions {
  /** Standard deviation of the Gaussian before, in pixels. Default 1. */
  sigma?: number;
  /** Least steepness of an edge, in the image's unit. Default a tenth of the dtype's largest value. */
  lowThreshold?: number;
  /** Steepness that an edge must have somewhere. Default two tenths of the dtype's largest value. */
  highThreshold?: number;
  /** Where edges are searched for, of the image's shape. Default: everywhere. */
  mask?: NdArray;
  /** The thresholds are shares (0 .. 1) of the pixels that are less steep. Default false. */
  useQuantiles?: boolean;
  /** What is beyond the edge, for the Gaussian. Default `"constant"`. */
  mode?: BorderMode;
  /** The value beyond the edge for mode `"constant"`. Default 0. */
  cval?: number;
}

const door = {
  name: "canny",
  action: "find edges",
  options: ["sigma", "lowThreshold", "highThreshold", "mask", "useQuantiles", "mode", "cval"],
  aliases: { low: "lowThreshold", high: "highThreshold" },
};

/**
 * Divide by the share of the Gaussian that is inside the image. Where all of it is, that is the same everywhere, so that
 * it is computed for an image as small as that.
 */
function divideByShares(
  data: Floats,
  shape: readonly number[],
  sigma: number,
  cval: number,
  epsilon: number,
) {
  const reach = gaussianHalf(sigma, 4).length;
  const small = shape.map((length) => Math.min(length, 2 * reach + 1));
  const ones = floatsLike(data, small[0] * small[1]).fill(1);
  const border: Border = { mode: "constant", cval };
  const shares = smoothed({ values: ones, scale: 1 }, small, [sigma, sigma], border);
  const [rows, columns] = shape.map((length, axis) =>
    Int32Array.from({ length }, (_, i) => Math.min(i, Math.max(reach, i - length + small[axis]))),
  );
  const row = new Float64Array(columns.length);
  for (let y = 0; y < rows.length; y++) {
    if (y === 0 || rows[y] !== rows[y - 1]) {
      for (let x = 0; x < row.length; x++) row[x] = shares[rows[y] * small[1] + columns[x]] + epsilon;
    }
    divideRow(data, y * row.length, row);
  }
}

function divideRow(data: Floats, from: number, by: Float64Array): void {
  for (let x = 0; x < by.length; x++) data[from + x] /= by[x];
}

/** The image smoothed; near what is left out, by the pixels that are there. */
function prepared(image: NdArray, mask: Uint8Array | undefined, options: CannyOptions): Floats {
  const { sigma = 1, mode = "constant", cval = 0 } = options;
  const sigmas = [sigma, sigma];
  let source = scaledOf(image);
  if (mask) {
    const values = newFloatsOf(image);
    for (let i = 0; i < values.length; i++) if (mask[i] === 0) values[i] = 0;
    source = { values, scale: 1 };
  }
  const data = smoothed(source, image.shape, sigmas, { mode, cval });
  if (mode !== "constant" && !mask) return data;
  const epsilon = data instanceof Float32Array ? 2 ** -23 : 2 ** -52;
  if (!mask) {
    divideByShares(data, image.shape, sigma, cval, epsilon);
    return data;
  }
  const shares = smoothed({ values: mask, scale: 1 }, image.shape, sigmas, { mode, cval });
  for (let i = 0; i < data.length; i++) data[i] /= shares[i] + epsilon;
  return data;
}

/** Visit slopes along both axes, by Sobel's weights. */
const visitSobel = (data: Floats, shape: readonly number[], visit: SlopeVisitor) =>
  visitSlopes(data, shape, [2, 1], { mode: "reflect", cval: 0 }, visit);

/** The magnitude of the slopes. */
function steepnessOf(data: Floats, shape: readonly number[]): Floats {
  const steepness = floatsLike(data);
  visitSobel(data, shape, (y, down, right) => {
    const from = y * down.length;
    for (let x = 0; x < down.length; x++)
      steepness[from + x] = Math.sqrt(down[x] * down[x] + right[x] * right[x]);
  });
  return steepness;
}

/** Whether a pixel is at least as steep as the places one pixel ahead and behind across the edge. */
function isCrest(steepness: Floats, pixel: number, width: number, down: number, right: number): boolean {
  const [rise, run] = [Math.abs(down), Math.abs(right)];
  const across = down * right >= 0 ? width + 1 : width - 1;
  const along = rise > run ? width : down * right >= 0 ? 1 : -1;
  const share = rise > run ? run / rise : rise / run;
  const ahead = steepness[pixel + across] * share + steepness[pixel + along] * (1 - share);
  const behind = steepness[pixel - across] * share + steepness[pixel - along] * (1 - share);
  return ahead <= steepness[pixel] && behind <= steepness[pixel];
}

function thresholdsOf(image: NdArray, steepness: Floats, options: CannyOptions): [number, number] {
  const { lowThreshold, highThreshold, useQuantiles = false } = options;
  const { action } = door;
  for (const [name, value] of Object.entries({ lowThreshold, highThreshold })) {
    if (value === undefined) continue;
    const [range, most] = useQuantiles
      ? ["a share from 0 to 1", 1]
      : ["at least 0", Number.POSITIVE_INFINITY];
    checkNumber(action, name, value, range, value >= 0 && value <= most);
  }
  const isUnit = useQuantiles || image.dtype.includes("float") || image.dtype === "bool";
  const unit = isUnit ? 1 : largestOf(image.dtype);
  const low = lowThreshold === undefined ? 0.1 : lowThreshold / unit;
  const high = highThreshold === undefined ? 0.2 : highThreshold / unit;
  if (high < low) {
    throw new RangeError(
      `Cannot ${action}: highThreshold must be at least lowThreshold, got ${high * unit} below ${low * unit}`,
    );
  }
  if (!useQuantiles) return [low, high];
  const all = new NdArray({
    dtype: "float64",
    shape: [steepness.length],
    buffer: Float64Array.from(steepness),
  });
  return [all.percentile(100 * low), all.percentile(100 * high)];
}

/**
 * Find edges as lines one pixel wide (Canny 1986, scikit-image's `canny`): crests of the steepness, as long as they are
 * connected to a steep part.
 *
 * @param image `[y, x]`, any dtype; not modified
 * @returns bool; none on the outermost pixels
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if it has other axes, or an option is out of range
 * @example
 * const edges = canny(image, { sigma: 2 });
 */
export function canny(image: NdArray, options: CannyOptions = {}): NdArray<"bool"> {
  const { action } = door;
  checkSpatialImage(image, door, [2]);
  checkOptions(door, options);
  const { sigma = 1, mask, mode = "constant" } = options;
  checkNumber(action, "sigma", sigma, "at least 0", sigma >= 0);
  checkMode(action, mode);
  if (mask) checkSameShape(image, mask, action, "the mask");
  const [height, width] = image.shape;
  const data = prepared(image, mask && binaryOf(mask), options);
  const inside = mask
    ? binaryErosion(mask, footprintRectangle([3, 3]), { mode: "min" }).data
    : new Uint8Array(image.size).fill(1);
  const steepness = steepnessOf(data, image.shape);
  const [low, high] = thresholdsOf(image, steepness, options);
  const crests = new Uint8Array(image.size);
  // The slopes are found again, which takes less time than to keep them.
  visitSobel(data, image.shape, (y, down, right) => {
    if (y === 0 || y === height - 1) return;
    for (let x = 1; x < width - 1; x++) {
      const pixel = y * width + x;
      if (inside[pixel] === 0 || !(steepness[pixel] >= low) || steepness[pixel] === 0) continue;
      if (isCrest(steepness, pixel, width, down[x], right[x])) crests[pixel] = 1;
    }
  });
  const parts = label(boolImage(crests, image)).data;
  // No more parts than pixels; part 0 is the rest.
  const isSteep = new Uint8Array(image.size + 1);
  for (let i = 0; i < parts.length; i++) if (parts[i] !== 0 && steepness[i] >= high) isSteep[parts[i]] = 1;
  for (let i = 0; i < parts.length; i++) crests[i] = isSteep[parts[i]];
  return boolImage(crests, image);
}
