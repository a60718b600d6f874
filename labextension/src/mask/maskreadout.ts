import { shortNumber } from "../shortnumber";
import { trans } from "../translation";
import type { Point } from "../viewport";
import { type Calibration, lengthUnit } from "./calibration";
import type { LabelMap } from "./labelmap";

/**
 * An area in the mask's unit, in pixels where it has none.
 *
 * @param pixels area in mask pixels
 * @example
 * formatArea(200, { spacing: [0.5, 0.5], unit: "µm" }); // "50 µm²"
 */
export function formatArea(pixels: number, calibration: Calibration): string {
  const unit = lengthUnit(calibration);
  if (unit === "px") return `${pixels} px`;
  const [stepY, stepX] = calibration.spacing ?? [1, 1];
  return `${shortNumber(pixels * stepY * stepX)} ${unit}²`;
}

/** A mask position in whole pixels, and in the mask's unit where it has one. */
export function formatPosition({ x, y }: Point, calibration: Calibration): string {
  const pixels = `x ${Math.floor(x)}, y ${Math.floor(y)}`;
  const unit = lengthUnit(calibration);
  if (unit === "px") return pixels;
  const [stepY, stepX] = calibration.spacing ?? [1, 1];
  return `${pixels} · ${shortNumber(x * stepX)}, ${shortNumber(y * stepY)} ${unit}`;
}

/** A centroid in pixels, and in the mask's unit where it has one. */
function formatCentroid(x: number, y: number, calibration: Calibration): string {
  const pixels = `x ${x.toFixed(1)}, y ${y.toFixed(1)} px`;
  const unit = lengthUnit(calibration);
  if (unit === "px") return pixels;
  const [stepY, stepX] = calibration.spacing ?? [1, 1];
  return `${pixels} · ${shortNumber(x * stepX)}, ${shortNumber(y * stepY)} ${unit}`;
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
  if (indices.length > 1)
    return trans.__("%1 labels selected · area %2", indices.length, formatArea(total, scale));
  const [index] = indices;
  if (area[index] === 0) return trans.__("Label %1 · not in this plane", map.labels[index]);
  const centre = formatCentroid(centroidX[index], centroidY[index], scale);
  return trans.__("Label %1 · area %2 · centroid %3", map.labels[index], formatArea(total, scale), centre);
}
