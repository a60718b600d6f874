import { findBoundaries } from "@bioengine/measure";
import { checkOptions, type NdArray } from "@bioengine/ndarray";
import { square } from "../footprint";
import { checkImage, floatImage, floatsLike, floatsOf } from "../image";
import { binaryDilation } from "../morphology/binarymorphology";

/** How `markBoundaries` draws. */
export interface MarkBoundariesOptions {
  /** Red, green and blue of the boundaries, 0 to 1. Default yellow, `[1, 1, 0]`. */
  color?: readonly [number, number, number];
  /** The colour of the pixels around them. Default: none. */
  outlineColor?: readonly [number, number, number];
  /** `"outer"` (default): the pixels around labels; `"inner"`: the labels' own; `"thick"`: both. */
  mode?: "outer" | "inner" | "thick";
}

const door = {
  name: "markBoundaries",
  action: "mark boundaries",
  options: ["color", "outlineColor", "mode"],
  aliases: { colour: "color", outlineColour: "outlineColor" },
};

function checkColour(name: string, colour: unknown): void {
  if (Array.isArray(colour) && colour.length === 3 && colour.every((part) => Number.isFinite(part))) return;
  const got = Array.isArray(colour) ? `[${colour.join(", ")}]` : String(colour);
  throw new TypeError(
    `Cannot ${door.action}: ${name} must be red, green and blue from 0 to 1, got ${got}; use markBoundaries(…, { ${name}: [1, 0, 0] })`,
  );
}

/** Red, green and blue of each pixel. */
function coloursOf(image: NdArray) {
  const floats = floatsOf(image);
  if (image.ndim === 3) return floats.slice();
  const colours = floatsLike(floats, 3 * floats.length);
  for (let at = 0; at < colours.length; at++) colours[at] = floats[(at / 3) | 0];
  return colours;
}

function paint(
  colours: Float32Array | Float64Array,
  where: NdArray<"bool">,
  colour: readonly number[],
): void {
  const { data } = where;
  for (let pixel = 0; pixel < data.length; pixel++) if (data[pixel]) colours.set(colour, 3 * pixel);
}

/**
 * Draw the boundaries of labels on an image (scikit-image's `mark_boundaries`).
 *
 * @param image `[y, x]` or `[y, x, 3]`, any dtype; integers are scaled to 0 .. 1, so that a dark image of 16 bits is
 *   better given as `rescaleIntensity(image)`; not modified
 * @param labels `[y, x]` integers or bools, 0 = background; not modified
 * @returns `[y, x, 3]` float64, or float32 for float32 and float16 images
 * @throws {TypeError} if the labels are of floats, a colour isn't three numbers, or an option is unknown
 * @throws {RangeError} if the shapes differ, or there is no such mode
 * @example
 * imshow(markBoundaries(rescaleIntensity(image), mask));
 */
export function markBoundaries(
  image: NdArray,
  labels: NdArray,
  options: MarkBoundariesOptions = {},
): NdArray<"float32" | "float64"> {
  const { action } = door;
  checkImage(image, action, [2, 3]);
  checkOptions(door, options);
  const { color = [1, 1, 0], outlineColor, mode = "outer" } = options;
  checkColour("color", color);
  if (outlineColor !== undefined) checkColour("outlineColor", outlineColor);
  checkImage(labels, action, [2]);
  const { shape } = labels;
  if (image.shape.join() !== shape.join() && image.shape.join() !== [...shape, 3].join()) {
    throw new RangeError(
      `Cannot ${action}: the image must be [y, x] or [y, x, 3] with the labels' [${shape.join(", ")}], got [${image.shape.join(", ")}]`,
    );
  }
  const boundaries = findBoundaries(labels, { mode });
  const colours = coloursOf(image);
  if (outlineColor) paint(colours, binaryDilation(boundaries, square(3)), outlineColor);
  paint(colours, boundaries, color);
  const [y, x] = image.dimensions ?? [];
  return floatImage(colours, { shape: [...shape, 3], dimensions: y && x && [y, x, { name: "S" }] });
}
