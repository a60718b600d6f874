import { checkOptions, type DType, NdArray } from "@bioengine/ndarray";
import { binaryOf, checkLabels, checkSpatialImage, inverted } from "../image";
import { featureTransform } from "../morphology/featuretransform";
import { checkNumber, perAxis } from "../option";

/** How far labels grow. */
export interface ExpandLabelsOptions {
  /** In pixels, or in the unit of `spacing`. Default 1. */
  distance?: number;
  /** Distance of neighbours along each axis, or one for all. Default 1. */
  spacing?: number | readonly number[];
}

const door = {
  name: "expandLabels",
  action: "expand labels",
  options: ["distance", "spacing"],
  aliases: { sampling: "spacing" },
};

/**
 * Let labels grow into the background, not into each other (scikit-image's `expand_labels`).
 *
 * @param labels `[y, x]` or `[z, y, x]` integers, 0 = background; not modified
 * @returns the labels' dtype
 * @throws {TypeError} if the labels are no integers, or an option is unknown
 * @throws {RangeError} if an option is out of range
 * @example
 * const rings = expandLabels(mask, { distance: 4 }).subtract(mask);
 */
export function expandLabels<D extends DType>(
  labels: NdArray<D>,
  options: ExpandLabelsOptions = {},
): NdArray<D> {
  const { action } = door;
  checkSpatialImage(labels, { ...door, subject: "mask" });
  checkLabels(labels, action, "the labels", "mask");
  checkOptions(door, options);
  const { distance = 1, spacing = 1 } = options;
  checkNumber(action, "distance", distance, "at least 0", distance >= 0);
  const sampling = perAxis(action, "spacing", spacing, labels.ndim, "above 0", (one) => one > 0);
  const background = inverted(binaryOf(labels));
  const { nearest, squares } = featureTransform(background, labels.shape, sampling);
  const result = labels.copy();
  const { buffer, dtype, shape, dimensions } = result;
  for (let i = 0; i < buffer.length; i++) {
    if (Math.sqrt(squares[i]) <= distance) buffer[i] = buffer[nearest[i]];
  }
  return new NdArray({ dtype, shape, buffer, role: "labels", dimensions });
}
