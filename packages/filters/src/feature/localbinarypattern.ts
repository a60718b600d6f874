import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { checkSpatialImage, imageOf, numbersOf } from "../image";
import { checkNumber } from "../option";

/** What `localBinaryPattern` makes of the points that are at least as bright as the pixel. */
export interface LocalBinaryPatternOptions {
  /**
   * `"default"`: a bit for each point; `"ror"`: the least of its rotations; `"uniform"`: how many points there are, if
   * they lie side by side, else one more than all; `"nri_uniform"`: so, and which; `"var"`: the points' variance, NaN
   * where it is 0. Default `"default"`.
   */
  method?: "default" | "ror" | "uniform" | "nri_uniform" | "var";
}

const door = { name: "localBinaryPattern", action: "find local patterns", options: ["method"] };

/** What a pattern is as a number; `bits` are the points in turn, `values` what they are. */
type Code = (bits: Uint8Array, values: Float64Array) => number;

function numberOf(bits: Uint8Array): number {
  let number = 0;
  for (let i = bits.length - 1; i >= 0; i--) number = 2 * number + bits[i];
  return number;
}

function leastRotation(bits: Uint8Array): number {
  let number = numberOf(bits);
  let least = number;
  for (let turn = 1; turn < bits.length; turn++) {
    number = Math.floor(number / 2) + (number % 2) * 2 ** (bits.length - 1);
    least = Math.min(least, number);
  }
  return least;
}

/** How often neighbours differ, without the last and the first. */
function changesOf(bits: Uint8Array): number {
  let changes = 0;
  for (let i = 1; i < bits.length; i++) if (bits[i] !== bits[i - 1]) changes++;
  return changes;
}

function onesOf(bits: Uint8Array): number {
  let ones = 0;
  for (let i = 0; i < bits.length; i++) ones += bits[i];
  return ones;
}

const uniform: Code = (bits) => (changesOf(bits) <= 2 ? onesOf(bits) : bits.length + 1);

/** Patterns of points side by side in the order of how many they are, then of how far they are turned. */
const turnedUniform: Code = (bits) => {
  const { length } = bits;
  const ones = onesOf(bits);
  if (changesOf(bits) > 2) return length * (length - 1) + 2;
  if (ones === 0) return 0;
  if (ones === length) return length * (length - 1) + 1;
  const turn = bits[0] === 1 ? ones - bits.indexOf(0) : length - bits.indexOf(1);
  return 1 + (ones - 1) * length + turn;
};

const variance: Code = (_, values) => {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return (squares - (sum * sum) / values.length) / values.length || Number.NaN;
};

const codes: Readonly<Record<string, Code>> = {
  default: numberOf,
  ror: leastRotation,
  uniform,
  nri_uniform: turnedUniform,
  var: variance,
};

/** The value between pixels, 0 beyond the edge. */
function valueAt(data: Float64Array, height: number, width: number, y: number, x: number): number {
  const top = Math.floor(y);
  const left = Math.floor(x);
  const bottom = Math.ceil(y);
  const right = Math.ceil(x);
  const pixel = (row: number, column: number): number =>
    row < 0 || row >= height || column < 0 || column >= width ? 0 : data[row * width + column];
  const down = y - top;
  const across = x - left;
  const above = (1 - across) * pixel(top, left) + across * pixel(top, right);
  const below = (1 - across) * pixel(bottom, left) + across * pixel(bottom, right);
  return (1 - down) * above + down * below;
}

// Places are rounded, so that those at pixels are at pixels.
const rounded = (place: number): number => Math.round(place * 1e5) / 1e5;

/**
 * For each pixel which points around it are at least as bright (scikit-image's `local_binary_pattern`, Ojala 2002), a
 * measure of texture whose histogram tells tissues apart.
 *
 * @param image `[y, x]`, any dtype, integers being best; not modified
 * @param points how many there are on the circle, 1 to 32
 * @param radius of the circle, in pixels
 * @returns `[y, x]` float64
 * @throws {TypeError} if it is no NdArray, or an option is unknown
 * @throws {RangeError} if it has other axes, or a number or the method is out of range
 * @example
 * const texture = localBinaryPattern(image, 8, 1, { method: "uniform" });
 */
export function localBinaryPattern(
  image: NdArray,
  points: number,
  radius: number,
  options: LocalBinaryPatternOptions = {},
): NdArray<"float64"> {
  const { action } = door;
  checkSpatialImage(image, { ...door, rest: `${points}, ${radius}` }, [2]);
  const isCount = Number.isInteger(points) && points >= 1 && points <= 32;
  checkNumber(action, "points", points, "a whole number from 1 to 32", isCount);
  checkNumber(action, "radius", radius, "above 0", radius > 0 && Number.isFinite(radius));
  checkOptions(door, options);
  const { method = "default" } = options;
  if (!Object.hasOwn(codes, method)) {
    throw new RangeError(
      `Cannot ${action}: method must be one of ${Object.keys(codes).join(", ")}, got ${String(method)}`,
    );
  }
  const codeOf = codes[method];
  const [height, width] = image.shape;
  const data = numbersOf(image);
  const circle = Array.from({ length: points }, (_, i) => (2 * Math.PI * i) / points);
  const downs = circle.map((angle) => rounded(-radius * Math.sin(angle)));
  const acrosses = circle.map((angle) => rounded(radius * Math.cos(angle)));
  const [bits, values] = [new Uint8Array(points), new Float64Array(points)];
  const result = new Float64Array(data.length);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      for (let i = 0; i < points; i++) {
        values[i] = valueAt(data, height, width, y + downs[i], x + acrosses[i]);
        bits[i] = values[i] - data[at] >= 0 ? 1 : 0;
      }
      result[at] = codeOf(bits, values);
    }
  }
  return imageOf(result, image, "float64");
}
