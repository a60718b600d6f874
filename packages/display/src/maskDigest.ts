import type { Labels } from "./labels";
import { countText, numberText, percentText } from "./numberText";

/** What a reader of text gets to know of a mask, title first; at most 1,200 characters. */
export function maskDigest(
  labels: Labels,
  description: string,
  { title, comparison }: { title?: string | undefined; comparison?: string | undefined } = {},
): string {
  const lines = [`Mask ${description}: ${summary(labels)}`];
  if (labels.areas.size > 0) lines.push(...measurements(labels));
  if (comparison) lines.push(comparison);
  for (const warning of warnings(labels)) lines.push(`Warning: ${warning}`);
  if (title) lines.unshift(title.slice(0, 120));
  return lines.join("\n");
}

function summary({ areas, maxLabel, planes, values }: Labels): string {
  const count = areas.size;
  if (count === 0) return "no objects";
  const numbering = maxLabel === count ? `labels 1 to ${count}` : `labels up to ${maxLabel}, not consecutive`;
  return (
    `${countText(count, "object")} (${numbering}), ${percentText(covered(areas) / values.length)} covered` +
    (planes > 1 ? `, ${planes} planes` : "")
  );
}

function measurements({ areas, edge, planes }: Labels): string[] {
  const sorted = Float64Array.from(areas.values()).sort();
  const at = (fraction: number) => sorted[Math.round(fraction * (sorted.length - 1))]!;
  const diameter = 2 * Math.sqrt(at(0.5) / Math.PI);
  const size = planes > 1 ? "Pixels in all planes" : "Area in px";
  return [
    `${size}: min ${at(0)}, 25% ${at(0.25)}, median ${at(0.5)}, 75% ${at(0.75)}, max ${at(1)}` +
      (planes > 1 ? "" : `; median diameter ${numberText(diameter)} px`),
    `Touching the edge: ${edge.size} of ${areas.size} (${percentText(edge.size / areas.size)})`,
  ];
}

/** A fragment this small is rarely a cell. */
const TINY_AREA = 10;

function warnings({ areas, edge, values }: Labels): string[] {
  const count = areas.size;
  const pixels = values.length;
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
      `label ${largest} covers ${percentText(largestArea / pixels)} of the image; it may be the background`,
    );
  } else if (covered(areas) > 0.95 * pixels) {
    found.push("hardly any background is left");
  }
  if (count >= 3 && edge.size > count / 3) {
    found.push("more than a third of the objects touch the edge, so their areas are too small");
  }
  if (count >= 3 && tiny > count / 4) {
    found.push(
      `${tiny} objects are smaller than ${TINY_AREA} px; the diameter or the minimum size may be too small`,
    );
  }
  if (count >= 8) {
    const sorted = Float64Array.from(areas.values()).sort();
    const median = sorted[count >> 1]!;
    if (largestArea > 20 * median && largestArea <= pixels / 2) {
      found.push(
        `label ${largest} (${largestArea} px) is over 20 times the median; several objects may be merged`,
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
