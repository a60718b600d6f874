import type { MaskPayload } from "@bioengine/mime";
import type { LabelMap } from "./labelmap";
import type { Point } from "./viewport";

type Calibration = Pick<MaskPayload, "spacing" | "unit">;

/**
 * An area in the mask's unit, in pixels where it has none.
 *
 * @param pixels area in mask pixels
 * @example
 * formatArea(200, { spacing: [0.5, 0.5], unit: "µm" }); // "50 µm²"
 */
export function formatArea(pixels: number, { spacing, unit }: Calibration): string {
  if (!spacing || !unit || unit === "px" || unit === "pixel") return `${pixels} px`;
  return `${significant(pixels * spacing[0] * spacing[1])} ${unit}²`;
}

/** A mask position in whole pixels. */
export function formatPosition({ x, y }: Point): string {
  return `x ${Math.floor(x)}, y ${Math.floor(y)}`;
}

/**
 * The selection in words.
 *
 * @param indices selected label indices of `map`
 */
export function describeSelection(map: LabelMap, indices: readonly number[], scale: Calibration): string {
  if (indices.length === 0) return "";
  const { area, centroidX, centroidY } = map.regions;
  const total = indices.reduce((sum, index) => sum + area[index], 0);
  if (indices.length > 1) return `${indices.length} labels selected · area ${formatArea(total, scale)}`;
  const [index] = indices;
  const centre = `x ${centroidX[index].toFixed(1)}, y ${centroidY[index].toFixed(1)}`;
  return `Label ${map.labels[index]} · area ${formatArea(total, scale)} · centroid ${centre}`;
}

function significant(value: number): string {
  return value >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
}
