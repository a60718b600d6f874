import type { Point, Size } from "../viewport";
import type { Told } from "./maskcoloring";

/** Pixels between the pointer and the tooltip. */
const DISTANCE = 12;

/** A label and its measurements, beside the pointer. */
export class MaskTooltip {
  readonly node: HTMLElement = document.createElement("div");
  private readonly swatch = document.createElement("span");
  private readonly heading = document.createElement("div");
  private readonly rows = document.createElement("dl");

  constructor() {
    this.node.className = "be-Mask-tooltip";
    this.swatch.className = "be-Mask-swatch";
    this.heading.className = "be-Mask-tooltipHeading";
    this.node.append(this.heading, this.rows);
    this.node.hidden = true;
  }

  /** @param point the pointer's position on the canvas */
  show({ heading, color, rows }: Told, point: Point, canvas: Size): void {
    this.swatch.style.background = color;
    this.heading.replaceChildren(this.swatch, heading);
    this.rows.replaceChildren(
      ...rows.flatMap(([name, value]) => {
        const term = document.createElement("dt");
        term.textContent = name;
        const text = document.createElement("dd");
        text.textContent = value;
        return [term, text];
      }),
    );
    this.node.hidden = false;
    // Towards the middle of the canvas, so that the output never has to scroll for it.
    const shift = `${point.x > canvas.width / 2 ? "-100%" : "0"}, ${point.y > canvas.height / 2 ? "-100%" : "0"}`;
    const offset = (value: number, limit: number) => value + (value > limit / 2 ? -DISTANCE : DISTANCE);
    this.node.style.transform = `translate(${offset(point.x, canvas.width)}px, ${offset(point.y, canvas.height)}px) translate(${shift})`;
  }

  hide(): void {
    this.node.hidden = true;
  }
}
