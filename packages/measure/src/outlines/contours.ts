import { checkOptions, NdArray } from "@bioengine/ndarray";
import { ContourChains } from "./contourchains";

/** How `findContours` draws. */
export interface FindContoursOptions {
  /** Which pixels are joined over corners: those up to the level, `"low"` (default), or those above it, `"high"`. */
  fullyConnected?: "low" | "high";
  /** What contours run around against the clock, y pointing up: `"low"` (default) or `"high"` values. */
  positiveOrientation?: "low" | "high";
  /** Where contours are drawn: between pixels that are not 0, of the image's shape. Default: everywhere. */
  mask?: NdArray;
}

const action = "find contours";

const [TOP, RIGHT, BOTTOM, LEFT] = [0, 1, 2, 3];

/**
 * The sides of a square of pixels that segments run from and to, by what is above the level: 1 upper left, 2 upper
 * right, 4 lower left, 8 lower right; what is up to the level is on the left hand.
 */
const segments: readonly (readonly number[])[] = [
  [],
  [TOP, LEFT],
  [RIGHT, TOP],
  [RIGHT, LEFT],
  [LEFT, BOTTOM],
  [TOP, BOTTOM],
  [RIGHT, TOP, LEFT, BOTTOM],
  [RIGHT, BOTTOM],
  [BOTTOM, RIGHT],
  [TOP, LEFT, BOTTOM, RIGHT],
  [BOTTOM, TOP],
  [BOTTOM, LEFT],
  [LEFT, RIGHT],
  [TOP, RIGHT],
  [LEFT, TOP],
  [],
];

/** The segments where the pixels above the level are joined over corners. */
const segmentsJoined = Object.assign([...segments], {
  6: [LEFT, TOP, RIGHT, BOTTOM],
  9: [TOP, RIGHT, BOTTOM, LEFT],
});

/** Where between two values the level is, 0 to 1. */
const shareOf = (from: number, to: number, level: number): number =>
  from === to ? 0 : (level - from) / (to - from);

function checkChoice(name: string, value: unknown): void {
  if (value === "low" || value === "high") return;
  throw new RangeError(`Cannot ${action}: ${name} must be low or high, got ${String(value)}`);
}

/** The values, of what is not to be drawn between NaN. */
function drawnValues(image: NdArray, mask: NdArray | undefined): Float64Array {
  if (typeof image?.dtype !== "string" || !Array.isArray(image.shape)) {
    const kind = Object.prototype.toString.call(image).slice(8, -1);
    throw new TypeError(
      `Cannot ${action}: an NdArray is needed, got ${kind}; use ndarray(data, [height, width])`,
    );
  }
  const { shape } = image;
  if (shape.length !== 2 || shape[0] < 2 || shape[1] < 2) {
    const fix = shape.length === 3 ? (shape[2] <= 4 ? "; use rgb2gray(image)" : "; use image.at(0)") : "";
    throw new RangeError(
      `Cannot ${action}: the axes must be [y, x] with 2 pixels at least, got shape [${shape.join(", ")}]${fix}`,
    );
  }
  const values = image.astype("float64").data;
  if (mask === undefined) return values;
  if (mask?.shape?.join() !== shape.join()) {
    throw new RangeError(
      `Cannot ${action}: the mask must have the image's shape [${shape.join(", ")}], got [${mask?.shape?.join(", ") ?? ""}]`,
    );
  }
  const { data } = mask;
  return values.map((value, pixel) => (Number(data[pixel]) === 0 ? Number.NaN : value));
}

function checkedLevel(values: Float64Array, level: number | undefined): number {
  if (level !== undefined) {
    if (typeof level === "number" && Number.isFinite(level)) return level;
    const got = Object(level) === level ? "an object; use findContours(image, 0.5, …)" : String(level);
    throw new TypeError(`Cannot ${action}: the level must be a finite number, got ${got}`);
  }
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return (low + high) / 2;
}

/** Visit the squares of four pixels that the level is in, row by row. */
function joinSegments(
  values: Float64Array,
  [height, width]: readonly number[],
  level: number,
  sides: readonly (readonly number[])[],
): ContourChains {
  const chains = new ContourChains();
  const keys = [0, 0, 0, 0];
  const ys = [0, 0, 0, 0];
  const xs = [0, 0, 0, 0];
  const place = (side: number, y: number, x: number, isDown: boolean) => {
    ys[side] = y;
    xs[side] = x;
    const [row, column] = [Math.floor(y), Math.floor(x)];
    // At a pixel the sides that meet there have the same point.
    const kind = row === y && column === x ? 0 : isDown ? 1 : 2;
    keys[side] = 3 * (row * width + column) + kind;
  };
  for (let row = 0; row < height - 1; row++) {
    const end = row * width + width - 1;
    let left = (values[row * width] > level ? 1 : 0) + (values[row * width + width] > level ? 4 : 0);
    for (let at = row * width; at < end; at++) {
      const right = (values[at + 1] > level ? 1 : 0) + (values[at + width + 1] > level ? 4 : 0);
      const around = left + 2 * right;
      left = right;
      if (around === 0 || around === 15) continue;
      const [a, b, c, d] = [values[at], values[at + 1], values[at + width], values[at + width + 1]];
      if (!Number.isFinite(a + b + c + d)) continue;
      const column = at - row * width;
      place(TOP, row, column + shareOf(a, b, level), false);
      place(RIGHT, row + shareOf(b, d, level), column + 1, true);
      place(BOTTOM, row + 1, column + shareOf(c, d, level), false);
      place(LEFT, row + shareOf(a, c, level), column, true);
      const list = sides[around];
      for (let i = 0; i < list.length; i += 2) {
        const [from, to] = [list[i], list[i + 1]];
        if (keys[from] !== keys[to]) chains.add(keys[from], ys[from], xs[from], keys[to], ys[to], xs[to]);
      }
    }
  }
  return chains;
}

/**
 * Draw the lines along which an image has a value (marching squares, scikit-image's `find_contours`), linear between
 * pixels: the outlines of a mask at 0.5, say. Lines are closed, the last point being the first, unless they end at the
 * image's edge, or where there is nothing to draw: beyond the mask, at NaN and, unlike there, at infinite values.
 *
 * @param image `[y, x]`, any dtype; not modified
 * @param level the value. Default: in the middle between the least and the largest
 * @returns float64 `[n, 2]` for each line, `y, x` of its points in pixels, a pixel's middle being a whole number
 * @throws {TypeError} if it is no NdArray, the level no number, or an option unknown
 * @throws {RangeError} if the axes are others, or an option is out of range
 * @example
 * const [outline] = findContours(mask.greater(0), 0.5);
 */
export function findContours(
  image: NdArray,
  level?: number,
  options: FindContoursOptions = {},
): NdArray<"float64">[] {
  checkOptions(
    { name: "findContours", action, options: ["fullyConnected", "positiveOrientation", "mask"] },
    options,
  );
  const { fullyConnected = "low", positiveOrientation = "low", mask } = options;
  checkChoice("fullyConnected", fullyConnected);
  checkChoice("positiveOrientation", positiveOrientation);
  const values = drawnValues(image, mask);
  const sides = fullyConnected === "high" ? segmentsJoined : segments;
  const lines = joinSegments(values, image.shape, checkedLevel(values, level), sides).lines();
  return lines.map((line) => {
    // Backwards the coordinates are x, y.
    if (positiveOrientation === "high") {
      line.reverse();
      for (let i = 0; i < line.length; i += 2) [line[i], line[i + 1]] = [line[i + 1], line[i]];
    }
    return new NdArray({ dtype: "float64", shape: [line.length / 2, 2], buffer: line });
  });
}
