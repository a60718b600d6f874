import { MATCH_COLORS, scaleColor } from "@bioengine/mime";
import { type Picture, planeOf, resizeLabels, resizePicture, type Size } from "../image/picture";
import type { Labels } from "../labels";
import { colorBar } from "./colorbar";
import type { Comparison } from "./comparison";
import { withLegend } from "./legend";
import type { MaskOptions } from "./maskbundle";
import type { LabelMeasurement } from "./maskmeasurement";
import { outcomeLegend } from "./outcomelegend";
import { type ColorOf, overlay } from "./overlay";

/** What a mask is drawn over, and what its colours stand for beside the labels. Inner type: never leaves the package. */
export interface MaskLayers {
  readonly picture?: Picture | undefined;
  readonly comparison?: Comparison | undefined;
  readonly measurement?: LabelMeasurement | undefined;
}

/** Draws a static picture of the size that it is given; of a stack, of its middle plane. */
export function maskDrawing(
  labels: Labels,
  { picture, comparison, measurement }: MaskLayers,
  options: Pick<MaskOptions, "alpha" | "contours">,
): (size: Size) => Picture {
  // A measurement is read from the tint itself.
  const tint = measurement ? 0.6 : 0.3;
  const { alpha = picture ? tint : 0.75, contours = true } = options;
  const { planes } = labels;
  const middle = planes >> 1;
  const pixels = labels.values.length / planes;
  const middleOf = ({ values }: Labels) => values.subarray(middle * pixels, (middle + 1) * pixels);
  const plane = picture && planeOf(picture, planes, middle);
  return (size) => {
    const below = plane ? resizePicture(plane, size) : black(size);
    const shown = resizeLabels(middleOf(labels), labels, size);
    if (measurement) {
      const { values, scale, title } = measurement;
      const colorOf: ColorOf = (label) => scaleColor(scale, values.get(label) ?? Number.NaN);
      const drawn = overlay(below, shown, { alpha, contours, colorOf });
      return withLegend(drawn, (width) => colorBar(scale, title, width));
    }
    if (!comparison) return overlay(below, shown, { alpha, contours });
    const tinted = overlay(below, shown, { alpha, contours: false, colorOf: outcomeColors(comparison.mask) });
    const expected = resizeLabels(middleOf(comparison.reference), labels, size);
    const drawn = overlay(tinted, expected, {
      alpha: 0,
      contours,
      colorOf: outcomeColors(comparison.expected),
    });
    return withLegend(drawn, (width) => outcomeLegend(comparison.counts, width));
  };
}

/** The colour of a label by how it compares. */
function outcomeColors(wrong: Partial<Record<keyof typeof MATCH_COLORS, number[]>>): ColorOf {
  const colors = new Map<number, readonly [number, number, number]>();
  for (const outcome of ["extra", "missed", "merged", "split"] as const)
    for (const label of wrong[outcome] ?? []) colors.set(label, MATCH_COLORS[outcome]);
  return (label) => colors.get(label) ?? MATCH_COLORS.matched;
}

function black({ width, height }: Size): Picture {
  return { width, height, channels: 1, pixels: new Uint8Array(width * height) };
}
