import type { MaskPayload } from "@bioengine/mime";
import { trans } from "../translation";
import { describeKeys } from "./gestures";
import type { LabelMap } from "./labelmap";

/** How many labels a mask has, in words. */
export function labelCount({ count }: LabelMap): string {
  return trans._n("%1 label", "%1 labels", count, count);
}

/** The line above a mask: its title, how many labels it has, and its size. */
export function maskHeader({ title = "", stack }: MaskPayload, map: LabelMap): HTMLElement {
  const header = document.createElement("div");
  header.className = "be-Mask-header";
  const heading = document.createElement("span");
  heading.className = "be-Mask-title";
  heading.textContent = title;
  const summary = document.createElement("span");
  summary.className = "be-Mask-summary";
  const planes = stack ? trans.__(", %1 planes", stack.planes) : "";
  summary.textContent = `${labelCount(map)} · ${map.width} × ${map.height} px${planes}`;
  header.append(heading, summary);
  return header;
}

/** Tell those who cannot see the canvas what is on it, and let the keyboard reach it. */
export function describeCanvas(
  canvas: HTMLCanvasElement,
  { title = trans.__("Mask") }: MaskPayload,
  map: LabelMap,
): void {
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-roledescription", trans.__("mask viewer"));
  canvas.setAttribute(
    "aria-label",
    trans.__("%1: %2, %3 by %4 pixels. %5.", title, labelCount(map), map.width, map.height, describeKeys()),
  );
}
