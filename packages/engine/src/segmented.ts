import type { NdArray } from "@bioengine/ndarray";
import { maximumLabel } from "./extent";

/** What a segmentation model gives. */
export interface Segmented {
  /** Labels, 0 = background, role "labels": uint16, or uint32 if there are more than 65535 objects. */
  readonly mask: NdArray<"uint16" | "uint32">;
  /** `[c]` float32 of length 1, what kind of image it is, if the model tells. */
  readonly style?: NdArray<"float32">;
  /** Count of objects, settings used, milliseconds. */
  readonly info: Readonly<Record<string, unknown>>;
}

/** Labels in the smallest dtype that Triton's models give them in and that numbers all. */
export function toMask(labels: NdArray<"int32">): NdArray<"uint16" | "uint32"> {
  return maximumLabel(labels.data) > 65535 ? labels.astype("uint32") : labels.astype("uint16");
}
