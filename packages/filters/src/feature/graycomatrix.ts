import { checkOptions, NdArray } from "@bioengine/ndarray";
import { extent } from "../bins";
import { checkSpatialImage, numbersOf } from "../image";
import { checkNumber } from "../option";

/** How `graycomatrix` counts. */
export interface GraycomatrixOptions {
  /** Grey values that are counted, from 0. Default 256; to be given for images that aren't uint8. */
  levels?: number;
  /** Count each pair in both directions. Default false. */
  symmetric?: boolean;
  /** Shares of all pairs rather than counts. Default false. */
  normed?: boolean;
}

const door = {
  name: "graycomatrix",
  action: "count grey values side by side",
  options: ["levels", "symmetric", "normed"],
  aliases: { symmetrical: "symmetric", normalized: "normed" },
};

function checkList(name: string, values: readonly number[], fix: string): void {
  if (Array.isArray(values) && values.length > 0 && values.every(Number.isFinite)) return;
  throw new TypeError(
    `Cannot ${door.action}: ${name} must be a list of numbers, got ${String(values)}; use ${fix}`,
  );
}

/** Halves away from 0, as in C. */
const rounded = (value: number): number => Math.sign(value) * Math.floor(Math.abs(value) + 0.5);

/** How many pixels of each value have one of each value that lies `down` and `across` from it, `[level, level]`. */
function countPairs(
  values: Uint8Array | Uint16Array,
  [height, width]: readonly number[],
  [down, across]: readonly [number, number],
  levels: number,
): Int32Array {
  // A processor that counts the same pair again waits for the count before: two tables take turns.
  const counts = new Int32Array(levels * levels);
  const others = new Int32Array(levels * levels);
  const [left, right] = [Math.max(0, -across), Math.min(width, width - across)];
  const step = down * width + across;
  for (let y = Math.max(0, -down); y < Math.min(height, height - down); y++) {
    const end = y * width + right;
    let at = y * width + left;
    for (; at + 1 < end; at += 2) {
      const pair = (Math.imul(values[at], levels) + values[(at + step) | 0]) | 0;
      const next = (Math.imul(values[(at + 1) | 0], levels) + values[(at + step + 1) | 0]) | 0;
      counts[pair] = (counts[pair] + 1) | 0;
      others[next] = (others[next] + 1) | 0;
    }
    if (at < end) counts[values[at] * levels + values[at + step]]++;
  }
  for (let pair = 0; pair < counts.length; pair++) counts[pair] += others[pair];
  return counts;
}

/** The levels that are counted, and grey values below them, checked. */
function greyValues(
  image: NdArray,
  given: number | undefined,
): { levels: number; values: Uint8Array | Uint16Array } {
  const { action } = door;
  const { dtype, data } = image;
  if (dtype === "bool" || dtype.includes("float")) {
    const fix = dtype === "bool" ? 'image.astype("uint8")' : "imgAsUbyte(rescaleIntensity(image))";
    throw new TypeError(`Cannot ${action}: the image must be of integers, got ${dtype}; use ${fix}`);
  }
  if (data instanceof Uint8Array && (given ?? 256) === 256) return { levels: 256, values: data };
  const values = data instanceof Uint8Array || data instanceof Uint16Array ? data : numbersOf(image);
  const [low, high] = extent(values);
  if (given === undefined && dtype !== "uint8") {
    throw new RangeError(
      `Cannot ${action}: levels must be given for ${dtype}, got none; use graycomatrix(image, [1], [0], { levels: ${high + 1} })`,
    );
  }
  const levels = given ?? 256;
  checkNumber(action, "levels", levels, "a whole number above 0", Number.isInteger(levels) && levels > 0);
  if (low < 0 || high >= levels) {
    throw new RangeError(
      `Cannot ${action}: grey values must be from 0 to levels - 1, ${levels - 1}, got ${low} to ${high}`,
    );
  }
  return { levels, values: values instanceof Float64Array ? new Uint16Array(values) : values };
}

/** Counts as shares of all of their direction. */
function sharesOf(counts: Uint32Array, apart: number): Float64Array {
  const shares = new Float64Array(counts.length);
  for (let direction = 0; direction < apart; direction++) {
    let sum = 0;
    for (let i = direction; i < counts.length; i += apart) sum += counts[i];
    if (sum > 0) for (let i = direction; i < counts.length; i += apart) shares[i] = counts[i] / sum;
  }
  return shares;
}

/**
 * Count how often grey values lie side by side (scikit-image's `graycomatrix`), the base of texture measures.
 *
 * @param image `[y, x]`, integers from 0; not modified
 * @param distances how far apart pixels of a pair are, in pixels
 * @param angles in which directions, in radians, 0 being along the row
 * @returns `[level, level, distance, angle]` uint32, or float64 if normed
 * @throws {TypeError} if the image is no NdArray of integers, a list is none, or an option is unknown
 * @throws {RangeError} if it has other axes, or grey values beyond the levels
 * @example
 * const texture = graycomatrix(image, [1], [0, Math.PI / 2], { symmetric: true, normed: true });
 * const contrast = graycoprops(texture, "contrast").mean();
 */
export function graycomatrix(
  image: NdArray,
  distances: readonly number[],
  angles: readonly number[],
  options: GraycomatrixOptions = {},
): NdArray<"uint32" | "float64"> {
  checkSpatialImage(
    image,
    { ...door, isList: true, rest: `${JSON.stringify(distances)}, ${JSON.stringify(angles)}` },
    [2],
  );
  checkList("the distances", distances, "graycomatrix(image, [1], [0])");
  checkList("the angles", angles, "graycomatrix(image, [1], [0])");
  checkOptions(door, options);
  const { symmetric = false, normed = false } = options;
  const { levels, values } = greyValues(image, options.levels);
  const directions = distances.flatMap((distance) => angles.map((angle) => ({ distance, angle })));
  const apart = directions.length;
  const counts = new Uint32Array(levels * levels * apart);
  for (const [direction, { distance, angle }] of directions.entries()) {
    const [down, across] = [rounded(Math.sin(angle) * distance), rounded(Math.cos(angle) * distance)];
    const pairs = countPairs(values, image.shape, [down, across], levels);
    for (let value = 0, at = direction; value < levels; value++) {
      for (let other = 0; other < levels; other++, at += apart) {
        counts[at] = pairs[value * levels + other] + (symmetric ? pairs[other * levels + value] : 0);
      }
    }
  }
  const shape = [levels, levels, distances.length, angles.length];
  if (!normed) return new NdArray({ dtype: "uint32", shape, buffer: counts });
  return new NdArray({ dtype: "float64", shape, buffer: sharesOf(counts, apart) });
}
