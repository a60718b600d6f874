import { checkOptions, type NdArray } from "@bioengine/ndarray";

import { type Padded, padded, solidShape } from "../border";
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

/** What a pattern, whose points in turn are `bits`, is as a number. */
type Code = (bits: Uint8Array) => number;

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

const codes: Readonly<Record<string, Code>> = {
  default: numberOf,
  ror: leastRotation,
  uniform,
  nri_uniform: turnedUniform,
};

/** An image with zeros around it, and how far they reach. */
interface Framed extends Padded {
  readonly reach: number;
}

/** Put the values of a point of each pixel of a row, between pixels by linear interpolation. */
function putPoints(
  { data, row, reach }: Framed,
  y: number,
  [down, across]: readonly [number, number],
  target: Float64Array,
): void {
  if (Math.abs(down) > reach - 1 || Math.abs(across) > reach - 1) {
    target.fill(0);
    return;
  }
  const top = Math.floor(y + down);
  const upper = (top + reach) * row + reach;
  const lower = (Math.ceil(y + down) + reach) * row + reach;
  const downShare = y + down - top;
  if (downShare === 0 && Number.isInteger(across)) {
    target.set(data.subarray(upper + across, upper + across + target.length));
    return;
  }
  for (let x = 0; x < target.length; x++) {
    const place = x + across;
    const left = Math.floor(place) | 0;
    const right = Math.ceil(place) | 0;
    const share = place - left;
    const above = (1 - share) * data[(upper + left) | 0] + share * data[(upper + right) | 0];
    const below = (1 - share) * data[(lower + left) | 0] + share * data[(lower + right) | 0];
    target[x] = (1 - downShare) * above + downShare * below;
  }
}

/** Rows of the numbers of patterns. */
type PutRow = (y: number, target: Float64Array) => void;

/** Puts the variances of the points. */
function variances(framed: Framed, circle: readonly (readonly [number, number])[], width: number): PutRow {
  const [values, sums, squares] = [0, 1, 2].map(() => new Float64Array(width));
  return (y, target) => {
    sums.fill(0);
    squares.fill(0);
    for (const point of circle) {
      putPoints(framed, y, point, values);
      for (let x = 0; x < width; x++) {
        sums[x] += values[x];
        squares[x] += values[x] * values[x];
      }
    }
    const { length } = circle;
    for (let x = 0; x < width; x++) {
      target[x] = (squares[x] - (sums[x] * sums[x]) / length) / length || Number.NaN;
    }
  };
}

/** Set the bits of a point that is at least as bright as its pixel. */
function mark(patterns: Int32Array, values: Float64Array, pixels: Float64Array, bit: number): void {
  // Without a branch, which noise makes unpredictable.
  for (let x = 0; x < patterns.length; x++) patterns[x] |= -Number(values[x] - pixels[x] >= 0) & bit;
}

/** What codes a pattern, whose points in turn are bits from the lowest on. */
function coder(points: number, codeOf: Code): (pattern: number) => number {
  const bits = new Uint8Array(points);
  return (pattern) => {
    for (let i = 0; i < points; i++) bits[i] = (pattern >>> i) & 1;
    return codeOf(bits);
  };
}

function lookUp(patterns: Int32Array, table: Float64Array, target: Float64Array): void {
  for (let x = 0; x < target.length; x++) target[x] = table[patterns[x]];
}

/** Puts the codes of the patterns. */
function patternCodes(
  framed: Framed,
  circle: readonly (readonly [number, number])[],
  width: number,
  codeOf: Code,
): PutRow {
  const values = new Float64Array(width);
  const patterns = new Int32Array(width);
  const { data, row, reach } = framed;
  const code = coder(circle.length, codeOf);
  // Where there are fewer patterns than pixels, each is coded once.
  const count = 2 ** circle.length;
  const table = count < data.length ? new Float64Array(count).map((_, pattern) => code(pattern)) : undefined;
  return (y, target) => {
    const start = (y + reach) * row + reach;
    const pixels = data.subarray(start, start + width);
    patterns.fill(0);
    for (const [i, point] of circle.entries()) {
      putPoints(framed, y, point, values);
      mark(patterns, values, pixels, 1 << i);
    }
    if (table) lookUp(patterns, table, target);
    else for (let x = 0; x < width; x++) target[x] = code(patterns[x]);
  };
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
  const methods = [...Object.keys(codes), "var"];
  if (!methods.includes(method)) {
    throw new RangeError(
      `Cannot ${action}: method must be one of ${methods.join(", ")}, got ${String(method)}`,
    );
  }
  const [height, width] = image.shape;
  const circle = Array.from({ length: points }, (_, i) => {
    const angle = (2 * Math.PI * i) / points;
    return [rounded(-radius * Math.sin(angle)), rounded(radius * Math.cos(angle))] as const;
  });
  // What is farther away than the image is large lies beyond it.
  const reach = Math.min(Math.ceil(radius), Math.max(height, width)) + 2;
  const solid = solidShape(image.shape);
  const framed = { ...padded(numbersOf(image), solid, [0, reach, reach], "constant", 0), reach };
  const putRow =
    method === "var" ? variances(framed, circle, width) : patternCodes(framed, circle, width, codes[method]);
  const result = new Float64Array(height * width);
  for (let y = 0; y < height; y++) putRow(y, result.subarray(y * width, (y + 1) * width));
  return imageOf(result, image, "float64");
}
