import type { MaskPayload } from "@bioengine/mime";
import { saveFile } from "./button";
import { attachGestures, type GestureTarget, KEYS } from "./gestures";
import { imageLevels } from "./imagelevels";
import { type MaskChoices, maskControls } from "./maskcontrols";
import { describeSelection, formatArea, formatPosition } from "./maskreadout";
import { forget, paint } from "./painter";
import type { Scene } from "./scene";
import { linkSelection, type SelectionLink } from "./selection";
import { PLAIN_TONE } from "./tone";
import {
  canvasSize,
  fitViewport,
  maskPosition,
  type Point,
  panViewport,
  revealPosition,
  type Size,
  type Viewport,
  zoomViewport,
} from "./viewport";

const CANVAS_BORDER = 2;

/** A mask that a person looks at: its canvas, toolbar and readouts, and what they have chosen to see. */
export class MaskView implements GestureTarget {
  readonly node: HTMLElement = element("div", "be-Mask-view");
  private readonly stage = element("div", "be-Mask-stage");
  private readonly canvas = document.createElement("canvas");
  private readonly context = this.canvas.getContext("2d");
  private readonly tooltip = element("div", "be-Mask-tooltip");
  private readonly selectionText = element("span", "be-Mask-selection");
  private readonly positionText = element("span", "be-Mask-position");
  private readonly link: SelectionLink;
  private choices: MaskChoices;
  private size: Size = { width: 0, height: 0 };
  private viewport: Viewport | null = null;
  private hovered = 0;
  private frame = 0;

  /**
   * @param scene owned by the view
   * @param onPaint called after each painting
   */
  constructor(
    private readonly payload: MaskPayload,
    private readonly scene: Scene,
    private readonly onPaint: () => void,
  ) {
    const { map, image } = scene;
    this.choices = { mode: "fill", opacity: image ? 0.4 : 1, tone: PLAIN_TONE };
    const labels = `${map.count} ${map.count === 1 ? "label" : "labels"}`;
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.canvas.setAttribute("aria-roledescription", "mask viewer");
    this.canvas.setAttribute(
      "aria-label",
      `${payload.title ?? "Mask"}: ${labels}, ${map.width} by ${map.height} pixels. ${KEYS}.`,
    );
    this.tooltip.hidden = true;
    this.selectionText.setAttribute("role", "status");

    const header = element("div", "be-Mask-header");
    const title = element("span", "be-Mask-title");
    title.textContent = payload.title ?? "";
    const summary = element("span", "be-Mask-summary");
    summary.textContent = `${labels} · ${map.width} × ${map.height} px`;
    header.append(title, summary);
    const status = element("div", "be-Mask-status");
    status.append(this.selectionText, this.positionText);
    this.stage.append(this.canvas, this.tooltip);
    const controls = maskControls(this.choices, image && imageLevels(image), {
      zoom: (factor) => this.zoom(factor),
      reset: () => this.reset(),
      choose: (choices) => {
        this.choices = { ...this.choices, ...choices };
        this.repaint();
      },
      savePicture: () => this.savePicture(),
    });
    this.node.append(header, controls, this.stage, status);

    attachGestures(this.canvas, this);
    this.link = linkSelection(payload.id, (selected) => this.showSelection(selected, true));
    this.showSelection(this.link.labels, false);
  }

  /** Fit the canvas to the output's width; call it when that has changed. */
  resize(): void {
    const available = this.node.clientWidth - CANVAS_BORDER;
    if (available <= 0) return;
    const { map } = this.scene;
    const before = this.size;
    this.size = canvasSize(map, available);
    const { width, height } = this.size;
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    const view = this.viewport;
    const wasFitted = !view || view.scale <= fitViewport(map, before).scale;
    if (wasFitted) this.setViewport(fitViewport(map, this.size));
    else this.setViewport(panViewport(view, { x: 0, y: 0 }, map, this.size));
  }

  zoom(factor: number, anchor: Point = { x: this.size.width / 2, y: this.size.height / 2 }): void {
    if (this.viewport)
      this.setViewport(zoomViewport(this.viewport, factor, anchor, this.scene.map, this.size));
  }

  pan(move: Point): void {
    if (this.viewport) this.setViewport(panViewport(this.viewport, move, this.scene.map, this.size));
  }

  reset(): void {
    this.setViewport(fitViewport(this.scene.map, this.size));
  }

  hover(point: Point | null): void {
    const { map } = this.scene;
    const position = point && this.viewport && maskPosition(this.viewport, point);
    const index = position ? map.indexAt(position.x, position.y) : 0;
    this.showTooltip(index, point, position);
    if (index === this.hovered) return;
    this.hovered = index;
    this.repaint();
  }

  pick(point: Point, adds: boolean): void {
    if (!this.viewport) return;
    const { map, selected } = this.scene;
    const position = maskPosition(this.viewport, point);
    const index = map.indexAt(position.x, position.y);
    if (!adds) this.choose(index === 0 ? [] : [index]);
    else if (index !== 0)
      this.choose(
        selected.includes(index) ? selected.filter((other) => other !== index) : [...selected, index],
      );
  }

  step(direction: 1 | -1): void {
    const { map, selected } = this.scene;
    if (map.count === 0) return;
    const current = selected.length > 0 ? selected[selected.length - 1] : direction > 0 ? 0 : map.count + 1;
    const next = ((current - 1 + direction + map.count) % map.count) + 1;
    this.choose([next]);
    this.reveal(next);
  }

  clear(): void {
    this.choose([]);
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    this.link.dispose();
    forget(this.scene);
    this.scene.close();
  }

  private choose(indices: readonly number[]): void {
    this.link.select(indices.map((index) => this.scene.map.labels[index]));
    this.showSelection(this.link.labels, false);
  }

  private showSelection(labels: readonly number[], reveals: boolean): void {
    const { map } = this.scene;
    const indices = labels.map((label) => map.indexOf(label)).filter((index) => index !== 0);
    this.scene.select(indices);
    this.selectionText.textContent =
      describeSelection(map, indices, this.payload) || "Click a label to select it";
    if (reveals && indices.length > 0) this.reveal(indices[0]);
    this.repaint();
  }

  private reveal(index: number): void {
    if (!this.viewport) return;
    const { map } = this.scene;
    const centre = { x: map.regions.centroidX[index], y: map.regions.centroidY[index] };
    this.setViewport(revealPosition(this.viewport, centre, map, this.size));
  }

  private setViewport(viewport: Viewport): void {
    this.viewport = viewport;
    const zoomed = viewport.scale > fitViewport(this.scene.map, this.size).scale;
    this.stage.classList.toggle("be-mod-zoomed", zoomed);
    this.repaint();
  }

  private showTooltip(index: number, point: Point | null, position: Point | null): void {
    const { map } = this.scene;
    const inside =
      position && position.x >= 0 && position.y >= 0 && position.x < map.width && position.y < map.height;
    this.positionText.textContent = inside ? formatPosition(position) : "Ctrl + wheel zooms";
    this.tooltip.hidden = !(index && point && position);
    if (!index || !point || !position) return;
    const swatch = element("span", "be-Mask-swatch");
    swatch.style.background = this.scene.cssColor(index);
    const area = formatArea(map.regions.area[index], this.payload);
    this.tooltip.replaceChildren(
      swatch,
      `Label ${map.labels[index]} · ${formatPosition(position)} · ${area}`,
    );
    // Towards the middle of the canvas, so that the output never has to scroll for it.
    const { width, height } = this.size;
    const shift = `${point.x > width / 2 ? "-100%" : "0"}, ${point.y > height / 2 ? "-100%" : "0"}`;
    const offset = (value: number, limit: number) => value + (value > limit / 2 ? -12 : 12);
    this.tooltip.style.transform = `translate(${offset(point.x, width)}px, ${offset(point.y, height)}px) translate(${shift})`;
  }

  private repaint(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  private paint(): void {
    if (!this.viewport || !this.context) return;
    const pixelRatio = window.devicePixelRatio || 1;
    const width = Math.round(this.size.width * pixelRatio);
    const height = Math.round(this.size.height * pixelRatio);
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    const { viewport, hovered, choices } = this;
    paint(this.scene, { ...choices, viewport, hovered, pixelRatio }, this.context);
    this.onPaint();
  }

  private savePicture(): void {
    this.canvas.toBlob((blob) => {
      if (blob) saveFile(`${this.payload.title ?? "mask"}.png`, blob);
    });
  }
}

function element(tag: "div" | "span", className: string): HTMLElement {
  const created = document.createElement(tag);
  created.className = className;
  return created;
}
