import type { MaskPayload } from "@bioengine/mime";
import { trans } from "../translation";
import type { Point } from "../viewport";
import type { LabelMap } from "./labelmap";
import { describeSelection, formatPosition } from "./maskreadout";

/** The line below a mask: what is selected, for screen readers too, and where the pointer is. */
export interface MaskStatus {
  readonly node: HTMLElement;
  /** Gets selected label indices. */
  showSelection(indices: readonly number[]): void;
  /** Gets a mask position; null if the pointer is elsewhere. */
  showPosition(position: Point | null): void;
  /** Tell what came of an action, in place of the selection. */
  notice(text: string): void;
}

/** The line below a mask. */
export function maskStatus(payload: MaskPayload, map: LabelMap): MaskStatus {
  const node = document.createElement("div");
  node.className = "be-Mask-status";
  const selection = document.createElement("span");
  selection.className = "be-Mask-selection";
  selection.setAttribute("role", "status");
  const place = document.createElement("span");
  place.className = "be-Mask-position";
  node.append(selection, place);
  return {
    node,
    showSelection(indices) {
      selection.textContent =
        describeSelection(map, indices, payload) || trans.__("Click a label to select it");
    },
    showPosition(position) {
      const inside =
        position && position.x >= 0 && position.y >= 0 && position.x < map.width && position.y < map.height;
      place.textContent = inside ? formatPosition(position, payload) : trans.__("Ctrl + wheel zooms");
    },
    notice(text) {
      selection.textContent = text;
    },
  };
}
