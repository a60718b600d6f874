import type { PlaneStack } from "@bioengine/mime";
import { trans } from "../translation";

/** The slider through a stack; `set` moves it without telling `choose`. */
export interface PlaneControl {
  readonly node: HTMLElement;
  set(plane: number): void;
}

/**
 * A slider that chooses a plane.
 *
 * @param choose gets the plane, from 0
 */
export function planeControl({ axis, planes }: PlaneStack, choose: (plane: number) => void): PlaneControl {
  const title =
    axis === "z" ? trans.__("Depth: which slice is shown") : trans.__("Time: which point is shown");
  const node = document.createElement("label");
  node.className = "be-Slider be-Mask-plane";
  node.title = title;
  const input = document.createElement("input");
  Object.assign(input, { type: "range", min: "1", max: String(planes), step: "1" });
  input.setAttribute("aria-label", title);
  const number = document.createElement("span");
  input.addEventListener("input", () => choose(input.valueAsNumber - 1));
  node.append(axis, input, number);
  const set = (plane: number) => {
    input.valueAsNumber = plane + 1;
    number.textContent = trans.__("%1 of %2", plane + 1, planes);
  };
  return { node, set };
}
