import { quantileOf } from "@bioengine/ndarray";
import { type Labels, labelsByFrame } from "../labels";
import { countText, numberText, percentText } from "../numbertext";
import type { MaskContrast } from "./maskcontrast";

/** What is known of a mask beside its labels. */
export interface MaskFacts {
  readonly title?: string | undefined;
  readonly comparison?: string | undefined;
  readonly measurement?: string | undefined;
  readonly contrast?: MaskContrast | undefined;
  /** What a model was told of the objects' diameter, in pixels. */
  readonly diameter?: number | undefined;
  /** Size of a pixel `[y, x]` in µm, if it is known. */
  readonly spacing?: readonly [number, number] | undefined;
  /** From one plane of a volume to the next in µm, if it is known. */
  readonly depth?: number | undefined;
  /** Whether the planes are the frames of a film: an object is what a label is in one of them. Default false. */
  readonly isFilm?: boolean | undefined;
}

/** What a reader of text gets to know of a mask, title first; at most 1,200 characters. */
export function maskDigest(mask: Labels, description: string, facts: MaskFacts = {}): string {
  const { title, comparison, measurement, contrast, diameter } = facts;
  const isFilm = facts.isFilm === true && mask.planes > 1;
  const labels = isFilm ? labelsByFrame(mask) : mask;
  const lines = [`Mask ${description}: ${summary(mask, isFilm ? labels : undefined)}`];
  if (labels.areas.size > 0) lines.push(...measurements(labels, facts, isFilm));
  if (contrast) lines.push(contrast.text);
  if (comparison) lines.push(comparison);
  if (measurement) lines.push(measurement);
  const warned = [...warnings(labels, isFilm), ...misjudged(labels, diameter, isFilm), contrast?.warning];
  for (const warning of warned) if (warning) lines.push(`Warning: ${warning}`);
  if (title) lines.unshift(title.slice(0, 120));
  return lines.join("\n");
}

/** @param film a film's objects by frame */
function summary({ areas, maxLabel, planes, values }: Labels, film: Labels | undefined): string {
  const count = areas.size;
  if (count === 0) return "no objects";
  const numbering = maxLabel === count ? `labels 1 to ${count}` : `labels up to ${maxLabel}, not consecutive`;
  if (film) {
    const numbers = `${countText(film.areas.size, "object")} in ${planes} frames (${numbering})`;
    return `${numbers}, ${percentText(covered(areas) / values.length)} covered`;
  }
  return (
    `${countText(count, "object")} (${numbering}), ${percentText(covered(areas) / values.length)} covered` +
    (planes > 1 ? `, ${planes} planes` : "")
  );
}

const diameterOf = (area: number): number => 2 * Math.sqrt(area / Math.PI);

/** A diameter of a model's that differs so many times from what was found was wrong. */
const FAR_OFF = 2;

function misjudged({ areas, planes }: Labels, told: number | undefined, isFilm: boolean): string[] {
  if (told === undefined || (planes > 1 && !isFilm) || areas.size === 0) return [];
  const sorted = Float64Array.from(areas.values()).sort();
  const found = diameterOf(quantileOf(sorted, 0.5));
  if (told <= FAR_OFF * found && found <= FAR_OFF * told) return [];
  return [
    `the model was told a diameter of ${numberText(told)} px, but the objects have ${numberText(Math.round(found))} px: ` +
      `try { diameter: ${Math.round(found)} }, or leave it out`,
  ];
}

/** What an object's size is called, with its unit. */
function sizeText(isVolume: boolean, isKnown: boolean, isFilm: boolean): string {
  if (isVolume) return isKnown ? "Volume in µm³" : "Pixels in all planes";
  return `Area${isFilm ? " in one frame" : ""} in ${isKnown ? "µm²" : "px"}`;
}

/** In µm if the size of a pixel is known, the diameter in pixels too, as models are told it. */
function measurements(
  { areas, edge, planes }: Labels,
  { spacing, depth }: MaskFacts,
  isFilm: boolean,
): string[] {
  const isVolume = planes > 1 && !isFilm;
  const step = isVolume ? depth : 1;
  const isKnown = spacing !== undefined && step !== undefined;
  const [height, width] = isKnown ? [spacing[0] * step, spacing[1]] : [1, 1];
  const sorted = Float64Array.from(areas.values(), (pixels) => pixels * height * width).sort();
  const at = (fraction: number) => numberText(quantileOf(sorted, fraction));
  const median = quantileOf(sorted, 0.5);
  const pixels = `${numberText(diameterOf(median / (height * width)))} px`;
  const diameter = isKnown ? `${numberText(diameterOf(median))} µm (${pixels})` : pixels;
  return [
    `${sizeText(isVolume, isKnown, isFilm)}: min ${at(0)}, 25% ${at(0.25)}, median ${at(0.5)}, 75% ${at(0.75)}, max ${at(1)}` +
      (isVolume ? "" : `; median diameter ${diameter}`),
    `Touching the edge: ${edge.size} of ${areas.size} (${percentText(edge.size / areas.size)})`,
  ];
}

/** A fragment this small is rarely a cell. */
const TINY_AREA = 10;

function warnings({ areas, edge, maxLabel, values, planes }: Labels, isFilm: boolean): string[] {
  const count = areas.size;
  const pixels = isFilm ? values.length / planes : values.length;
  const nameOf = (label: number) =>
    isFilm
      ? `label ${label % (maxLabel + 1)} in frame ${Math.floor(label / (maxLabel + 1))}`
      : `label ${label}`;
  if (count === 0) return ["nothing was found; check the channel, the diameter and the thresholds"];
  const found: string[] = [];
  let largest = 0;
  let largestArea = 0;
  let tiny = 0;
  for (const [label, area] of areas) {
    if (area > largestArea) [largest, largestArea] = [label, area];
    if (area < TINY_AREA) tiny++;
  }
  if (largestArea > pixels / 2) {
    found.push(
      `${nameOf(largest)} covers ${percentText(largestArea / pixels)} of the image; it may be the background`,
    );
  } else if (covered(areas) > 0.95 * values.length) {
    found.push("hardly any background is left");
  }
  if (count >= 3 && edge.size > count / 3) {
    found.push("more than a third of the objects touch the edge, so their areas are too small");
  }
  if (count >= 3 && tiny > count / 4) {
    found.push(
      `${tiny === 1 ? "1 object is" : `${tiny} objects are`} smaller than ${TINY_AREA} px; the diameter or the minimum size may be too small`,
    );
  }
  if (count >= 8) {
    const sorted = Float64Array.from(areas.values()).sort();
    const median = quantileOf(sorted, 0.5);
    if (largestArea > 20 * median && largestArea <= pixels / 2) {
      found.push(
        `${nameOf(largest)} (${largestArea} px) is over 20 times the median; several objects may be merged`,
      );
    }
  }
  return found;
}

function covered(areas: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const area of areas.values()) sum += area;
  return sum;
}
