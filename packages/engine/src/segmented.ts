import type { NdArray } from "@bioengine/ndarray";
import { maximumLabel } from "./extent";

/** What a segmentation model gives. */
export interface Segmented {
  /** uint16 labels, 0 = background, role "labels". */
  readonly mask: NdArray<"uint16">;
  /** Count of objects, settings used, milliseconds. */
  readonly info: Readonly<Record<string, unknown>>;
}

/** The labels as Triton's models give them; an error where uint16 can't number them. */
export function toUint16(mask: NdArray<"int32">, modelName: string): NdArray<"uint16"> {
  const count = maximumLabel(mask.data);
  if (count > 65535) {
    throw new RangeError(
      `Cannot run ${modelName}: a uint16 mask numbers at most 65535 objects, got ${count}; segment parts of the image`,
    );
  }
  return mask.astype("uint16");
}
