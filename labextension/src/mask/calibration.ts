import type { MaskPayload } from "@bioengine/mime";

/** How large a mask pixel is, where that is known. */
export type Calibration = Pick<MaskPayload, "spacing" | "unit">;

/** The unit of lengths in a mask, `px` where none is known. */
export function lengthUnit({ spacing, unit }: Calibration): string {
  return !spacing || !unit || unit === "pixel" ? "px" : unit;
}
