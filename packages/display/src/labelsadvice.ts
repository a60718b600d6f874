import type { NdArray } from "@bioengine/ndarray";
import { imageLayout, numbersOf } from "./image/image";
import { isInteger } from "./labels";

/** Least share of an object's pixels that equal the one before: objects are flat, and what a camera takes is not. */
const flatShare = 0.7;

/** How to show an image as a mask, if its values are most likely labels: flat and 0, 1, 2, … without gaps. */
export function labelsAdvice(image: NdArray): string | undefined {
  const { channels, width } = imageLayout(image, "show image");
  if (channels !== 1 || !isInteger(image)) return undefined;
  const values = numbersOf(image);
  const present = new Set<number>();
  let flat = 0;
  let inside = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value !== 0) inside++;
    if (i % width === 0 || value !== values[i - 1]) present.add(value);
    else if (value !== 0) flat++;
  }
  // 0 and 1 only may as well be a binary image.
  const hasNoGaps = present.size > 2 && [...present].every((value) => value >= 0 && value < present.size);
  if (!hasNoGaps || flat < flatShare * inside) return undefined;
  return (
    `These values look like the labels of ${present.size - 1} objects: read them as such with ` +
    'imread(path, { role: "labels" }), or show them over their image with imshow(mask, { image: image })'
  );
}
