import type { NdArray } from "./ndarray";

/**
 * The dtype that an array of whole numbers has as labels: that of models' masks, uint16, or int32 where its values are
 * below 0 or above 65535.
 *
 * @example
 * mask.astype(labelDtype(mask));
 */
export function labelDtype(labels: NdArray): "uint16" | "int32" {
  const isSmall = labels.size === 0 || (labels.min() >= 0 && labels.max() <= 65535);
  return isSmall ? "uint16" : "int32";
}
