import { label } from "@bioengine/measure";
import { type NdArray, unique } from "@bioengine/ndarray";

/** Labels with more than so many parts, smaller than so many pixels on average, are an image's gray values. */
const [mostParts, leastArea] = [500, 9];
/** So are at least so many labels in more than so many parts each, as smooth images have them. */
const [leastLabels, mostPartsEach] = [100, 3];

/**
 * What shows that the numbers of labels are an image's gray values: how its objects lie in parts.
 *
 * @param labels `[y, x]` or `[z, y, x]` whole numbers, 0 = background; not modified
 * @returns e.g. "900 parts of 2.1 pixels on average"; undefined if they number objects
 * @example
 * grayValues(image.astype("int32"));
 */
export function grayValues(labels: NdArray): string | undefined {
  const parts = label(labels.astype("int32")).max();
  if (parts <= leastLabels) return undefined;
  const area = Number(labels.greater(0).sum()) / parts;
  const isDust = parts > mostParts && area < leastArea;
  const count = unique(labels).size;
  const isScattered = count > leastLabels && parts > mostPartsEach * count;
  return isDust || isScattered ? `${parts} parts of ${area.toFixed(1)} pixels on average` : undefined;
}
