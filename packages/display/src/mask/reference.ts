import { labelDtype, NdArray } from "@bioengine/ndarray";
import { numbersOf } from "../image/image";
import { type Labels, readLabels } from "../labels";

const action = "compare masks";

/** Of fewer pixels nobody can say. */
const FEWEST = 64;

/** What to do with an image that was given for a mask. */
const imageAdvice =
  "show the image below the mask with imshow(mask, { image: image }), or compare with the mask that comes from it";

/**
 * Whether values are surely those of an image: most differ from the pixel before, which those of small or thin objects
 * do too, but an image has hardly any 0, or the same value in several places of a row.
 */
function isSurelyImage({ values, width }: Labels): boolean {
  if (values.length < FEWEST) return false;
  let inside = 0;
  let flat = 0;
  let places = 0;
  const lastRow = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value === 0) continue;
    inside++;
    if (i % width !== 0 && value === values[i - 1]) flat++;
    else {
      const row = Math.floor(i / width);
      if (lastRow.get(value) !== row) places++;
      lastRow.set(value, row);
    }
  }
  const runs = inside - flat;
  return 2 * flat < inside && (2 * inside > values.length || runs > 2 * places);
}

/**
 * Read the mask that another one is compared with.
 *
 * @throws {TypeError} if it is no array of labels: of floats or bools, or an image, which it says
 * @throws {RangeError} as `readLabels` does
 */
export function readReference(compare: NdArray): Labels {
  if (compare instanceof NdArray && compare.dtype.includes("float")) {
    const isWhole = Array.from(numbersOf(compare)).every((value) => Number.isInteger(value) && value >= 0);
    const advice = isWhole
      ? `use imshow(mask, { compare: truth.astype("${labelDtype(compare)}") })`
      : imageAdvice;
    throw new TypeError(`Cannot ${action}: compare must be labels, got ${compare.dtype}; ${advice}`);
  }
  const labels = readLabels(compare, action);
  if (compare.role !== "labels" && isSurelyImage(labels)) {
    throw new TypeError(
      `Cannot ${action}: compare must be labels, got ${compare.dtype} that looks like an image; ${imageAdvice}`,
    );
  }
  return labels;
}
