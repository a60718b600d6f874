import type { MaskPayload } from "@bioengine/mime";
import { linkSelection, type SelectionLink } from "../selection";
import { watchTables } from "../sharedtables";
import type { Point, Size, Viewport } from "../viewport";
import { fullscreenRoom, toggleFullscreen } from "./fullscreen";
import { attachGestures, type DragTool, type GestureTarget } from "./gestures";
import { imageLevels } from "./imagelevels";
import type { Legend } from "./legend";
import type { Mark } from "./mark";
import { MaskColoring, type Outcomes } from "./maskcoloring";
import { type MaskChoices, type MaskControls, maskControls } from "./maskcontrols";
import { maskExport } from "./maskexport";
import { describeCanvas, maskHeader } from "./maskheader";
import { MaskStage } from "./maskstage";
import { type MaskStatus, maskStatus } from "./maskstatus";
import { MaskTooltip } from "./masktooltip";
import { keepNearImages } from "./nearimages";
import { type PlaneControl, planeControl } from "./planecontrol";
import { isInside } from "./polygon";
import { scaleBar } from "./scalebar";
import type { Scene } from "./scene";
import { PLAIN_TONE } from "./tone";

const TALLEST_CANVAS = 520;

/** A mask that a person looks at: its canvas, toolbar and readouts, and what they have chosen to see. */
export class MaskView implements GestureTarget {
  readonly node: HTMLElement = document.createElement("div");
  private readonly stage: MaskStage;
  private readonly tooltip = new MaskTooltip();
  private readonly coloring: MaskColoring;
  private readonly controls: MaskControls;
  private readonly status: MaskStatus;
  private readonly link: SelectionLink;
  private choices: MaskChoices;
  private hovered = 0;
  private readonly planes: PlaneControl | null;
  private unwatchTables: (() => void) | undefined;
  private readonly endKeeping: () => void;
  private measuring: number | undefined;

  /**
   * @param scene owned by the view
   * @param outcomes of a comparison
   * @param onPaint called after each painting
   */
  constructor(
    private readonly payload: MaskPayload,
    private readonly scene: Scene,
    outcomes: Outcomes | null,
    onPaint: () => void,
  ) {
    const { map, image } = scene;
    this.node.className = "be-Mask-view";
    this.choices = { mode: "fill", opacity: image ? 0.4 : 1, tone: PLAIN_TONE, tool: "move" };
    this.coloring = new MaskColoring(payload, scene, outcomes);
    this.stage = new MaskStage(scene, this, () => {
      // The first painting doesn't wait for the measurements.
      this.measuring ??= window.setTimeout(() => this.measure());
      onPaint();
    });
    this.status = maskStatus(payload, map);
    this.controls = maskControls(this.choices, image && imageLevels(image), this.coloring.names, {
      zoom: (factor) => this.zoom(factor),
      reset: () => this.reset(),
      choose: (choices) => {
        this.choices = { ...this.choices, ...choices };
        this.stage.node.classList.toggle("be-mod-selecting", this.tool !== "move");
        this.stage.repaint();
      },
      colorBy: (position) => {
        this.coloring.choose(position);
        this.stage.repaint();
      },
      ...maskExport(
        this.stage,
        payload.title ?? "mask",
        () => this.link.labels,
        (text) => this.status.notice(text),
      ),
      fillScreen: () => {
        toggleFullscreen(this.node).catch((error: unknown) =>
          this.status.notice(`Cannot fill the screen: ${String(error)}`),
        );
      },
    });
    const { stack } = payload;
    this.planes = stack ? planeControl(stack, (plane) => this.showPlane(plane)) : null;
    this.planes?.set(map.plane);
    describeCanvas(this.stage.canvas, payload, map);
    this.stage.node.append(this.tooltip.node);
    this.node.append(maskHeader(payload, map), this.controls.node, this.stage.node, this.stage.legend.node);
    if (this.planes) this.node.append(this.planes.node);
    this.node.append(this.status.node);

    this.node.addEventListener("fullscreenchange", () => this.resize());
    attachGestures(this.stage.canvas, this);
    this.endKeeping = keepNearImages(this.node, payload, this.stage);
    this.link = linkSelection(payload.id, (selected) => this.showSelection(selected, true));
    this.showSelection(this.link.labels, false);
  }

  get tool(): DragTool {
    return this.choices.tool;
  }

  get look() {
    return { ...this.choices, hovered: this.hovered };
  }

  marks(viewport: Viewport, canvas: Size): Mark[] {
    return scaleBar(viewport, this.payload, canvas);
  }

  legend(width: number): Legend {
    return this.coloring.legend(width);
  }

  /** Fit the canvas to the output's width; call it when that has changed. */
  resize(): void {
    const width = this.node.clientWidth;
    const room = fullscreenRoom(this.node, this.stage.node) ?? { width, height: TALLEST_CANVAS };
    if (room.width > 0) this.stage.resize(room);
  }

  zoom(factor: number, anchor?: Point): void {
    this.stage.zoom(factor, anchor);
  }

  pan(move: Point): void {
    this.stage.pan(move);
  }

  reset(): void {
    this.stage.reset();
  }

  hover(point: Point | null): void {
    const { map } = this.scene;
    const position = point && this.stage.maskPosition(point);
    const index = position ? map.indexAt(position.x, position.y) : 0;
    this.status.showPosition(position);
    const told = position && this.coloring.tellOf(index, position);
    if (told && point) this.tooltip.show(told, point, this.stage.size);
    else this.tooltip.hide();
    if (index === this.hovered) return;
    this.hovered = index;
    this.stage.repaint();
  }

  pick(point: Point, adds: boolean): void {
    const { map, selected } = this.scene;
    const position = this.stage.maskPosition(point);
    const index = map.indexAt(position.x, position.y);
    if (!adds) this.select(index === 0 ? [] : [index]);
    else if (index !== 0)
      this.select(
        selected.includes(index) ? selected.filter((other) => other !== index) : [...selected, index],
      );
  }

  outline(corners: readonly Point[] | null): void {
    this.stage.outline(corners);
  }

  enclose(corners: readonly Point[], adds: boolean): void {
    const { map, selected } = this.scene;
    const { centroidX, centroidY } = map.regions;
    const polygon = corners.map((corner) => this.stage.maskPosition(corner));
    const found = adds ? new Set(selected) : new Set<number>();
    for (let index = 1; index <= map.count; index++)
      // The middle of the first pixel is at one half.
      if (isInside({ x: centroidX[index] + 0.5, y: centroidY[index] + 0.5 }, polygon)) found.add(index);
    this.select([...found]);
  }

  step(direction: 1 | -1): void {
    const { map, selected } = this.scene;
    if (map.count === 0) return;
    const current = selected.length > 0 ? selected[selected.length - 1] : direction > 0 ? 0 : map.count + 1;
    const next = ((current - 1 + direction + map.count) % map.count) + 1;
    this.select([next]);
    this.reveal(next);
  }

  turn(direction: 1 | -1): void {
    const { map } = this.scene;
    const plane = map.plane + direction;
    if (plane >= 0 && plane < map.planes) this.showPlane(plane);
  }

  clear(): void {
    this.select([]);
  }

  dispose(): void {
    window.clearTimeout(this.measuring);
    this.endKeeping();
    this.unwatchTables?.();
    this.link.dispose();
    this.stage.dispose();
  }

  private showPlane(plane: number): void {
    this.stage.showPlane(plane);
    this.planes?.set(plane);
    this.coloring.update();
    this.status.showSelection(this.scene.selected);
    this.hover(null);
  }

  private reveal(index: number): void {
    const { map } = this.scene;
    const plane = map.planeWith(index);
    if (plane !== map.plane) this.showPlane(plane);
    this.stage.reveal(index);
  }

  private measure(): void {
    this.unwatchTables = watchTables(this.payload.id, (tables) => {
      this.coloring.offer(tables);
      this.controls.offerColorings(this.coloring.names);
      this.stage.repaint();
    });
  }

  private select(indices: readonly number[]): void {
    this.link.select(indices.map((index) => this.scene.map.labels[index]));
    this.showSelection(this.link.labels, false);
  }

  private showSelection(labels: readonly number[], reveals: boolean): void {
    const { map } = this.scene;
    const indices = labels.map((label) => map.indexOf(label)).filter((index) => index !== 0);
    this.scene.select(indices);
    if (reveals && indices.length > 0) this.reveal(indices[0]);
    this.status.showSelection(this.scene.selected);
    this.stage.repaint();
  }
}
