import type { Size, Viewport } from "../viewport";
import { type Calibration, lengthUnit } from "./calibration";
import { MARK_COLOR, MARK_GROUND, type Mark, markText, markWidth } from "./mark";

const LONGEST = 140;
const MARGIN = 10;
const PADDING = 8;
const HEIGHT = 34;

/**
 * The length of a scale bar: 1, 2 or 5 times a power of ten.
 *
 * @param pixel size of a CSS pixel
 * @returns the longest one of at most 140 CSS pixels, in the unit of `pixel`
 */
export function barLength(pixel: number): number {
  const most = LONGEST * pixel;
  const power = 10 ** Math.floor(Math.log10(most));
  // A quotient may fall short of a whole number by rounding.
  return (most / power > 5 - 1e-9 ? 5 : most / power > 2 - 1e-9 ? 2 : 1) * power;
}

/** A scale bar in the canvas's bottom left corner; nothing where the size of a pixel is not known. */
export function scaleBar(viewport: Viewport, calibration: Calibration, canvas: Size): Mark[] {
  const unit = lengthUnit(calibration);
  if (unit === "px" || !calibration.spacing) return [];
  const pixel = calibration.spacing[1] / viewport.scale;
  const length = barLength(pixel);
  const width = length / pixel;
  const text = markText(lengthText(length, unit));
  const box = Math.max(width, markWidth(text)) + 2 * PADDING;
  const top = canvas.height - MARGIN - HEIGHT;
  const middle = MARGIN + box / 2;
  return [
    { x: MARGIN, y: top, width: box, height: HEIGHT, fill: MARK_GROUND },
    { x: middle, y: top + 12, text, align: "center" },
    { x: middle - width / 2, y: top + 23, width, height: 4, fill: MARK_COLOR },
  ];
}

function lengthText(length: number, unit: string): string {
  if (unit === "µm" && length < 1) return `${Number((length * 1000).toPrecision(1))} nm`;
  if (unit === "µm" && length >= 1000) return `${length / 1000} mm`;
  return `${Number(length.toPrecision(1))} ${unit}`;
}
