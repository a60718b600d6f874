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

/** Call with the values of each pixel and the one that lies `down` and `across` from it. */
function eachPair(
  values: Float64Array,
  [height, width]: readonly number[],
  down: number,
  across: number,
  visit: (value: number, other: number) => void,
): void {
  for (let y = Math.max(0, -down); y < Math.min(height, height - down); y++) {
    for (let x = Math.max(0, -across); x < Math.min(width, width - across); x++) {
      visit(values[y * width + x], values[(y + down) * width + x + across]);
    }
  }
}

/** The levels that are counted, checked. */
function levelsOf(image: NdArray, values: Float64Array, given: number | undefined): number {
  const { action } = door;
  const { dtype } = image;
  if (dtype === "bool" || dtype.includes("float")) {
    const fix = dtype === "bool" ? 'image.astype("uint8")' : "imgAsUbyte(rescaleIntensity(image))";
    throw new TypeError(`Cannot ${action}: the image must be of integers, got ${dtype}; use ${fix}`);
  }
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
  return levels;
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
  const values = numbersOf(image);
  const levels = levelsOf(image, values, options.levels);
  const directions = distances.flatMap((distance) => angles.map((angle) => ({ distance, angle })));
  const apart = directions.length;
  const counts = new Uint32Array(levels * levels * apart);
  const sums = directions.map(({ distance, angle }, direction) => {
    const [down, across] = [rounded(Math.sin(angle) * distance), rounded(Math.cos(angle) * distance)];
    let sum = 0;
    eachPair(values, image.shape, down, across, (value, other) => {
      counts[(value * levels + other) * apart + direction]++;
      if (symmetric) counts[(other * levels + value) * apart + direction]++;
      sum += symmetric ? 2 : 1;
    });
    return sum;
  });
  const shape = [levels, levels, distances.length, angles.length];
  if (!normed) return new NdArray({ dtype: "uint32", shape, buffer: counts });
  const shares = Float64Array.from(counts, (count, i) => count / (sums[i % apart] || 1));
  return new NdArray({ dtype: "float64", shape, buffer: shares });
}
