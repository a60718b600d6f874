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
} from "../viewport";
import { type Legend, LegendView, withLegend } from "./legend";
import { drawMarks, type Mark } from "./mark";
import { forget, paint } from "./painter";
import type { Look, Scene } from "./scene";
import { svgPicture } from "./svgpicture";

const SVG = "http://www.w3.org/2000/svg";
const CANVAS_BORDER = 2;
/** A mask that has not moved for so long is drawn in full. */
const REST_MS = 120;

/** What is asked of a stage before each painting. */
export interface StageContent {
  /** What shows, but for the part that the stage itself knows. */
  readonly look: Omit<Look, "viewport" | "pixelRatio" | "isDraft">;
  /** Over the picture. */
  marks(viewport: Viewport, canvas: Size): readonly Mark[];
  /** @param width of the picture in CSS pixels */
  legend(width: number): Legend;
}

/** The canvas that a mask is painted on, and the part of the mask that it shows. */
export class MaskStage {
  readonly node: HTMLElement = document.createElement("div");
  readonly canvas: HTMLCanvasElement = document.createElement("canvas");
  /** To stand below `node`. */
  readonly legend: LegendView = new LegendView();
  /** Of the canvas, in CSS pixels. */
  size: Size = { width: 0, height: 0 };
  private readonly outlined = document.createElementNS(SVG, "polygon");
  private readonly context = this.canvas.getContext("2d");
  private viewport: Viewport | null = null;
  private frame = 0;
  private rest: number | undefined;
  private isAsleep = false;

  /**
   * @param scene owned by the stage
   * @param onPaint called after each painting
   */
  constructor(
    readonly scene: Scene,
    private readonly content: StageContent,
    private readonly onPaint: () => void,
  ) {
    this.node.className = "be-Mask-stage";
    const drawing = document.createElementNS(SVG, "svg");
    drawing.setAttribute("aria-hidden", "true");
    drawing.append(this.outlined);
    this.node.append(this.canvas, drawing);
  }

  /** Fit the canvas to what is available, in CSS pixels. */
  resize(available: Size): void {
    const { map } = this.scene;
    const before = this.size;
    this.size = canvasSize(map, { ...available, width: available.width - CANVAS_BORDER });
    const { width, height } = this.size;
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    const view = this.viewport;
    const wasFitted = !view || view.scale <= fitViewport(map, before).scale;
    if (wasFitted) this.setViewport(fitViewport(map, this.size));
    else this.setViewport(panViewport(view, { x: 0, y: 0 }, map, this.size));
  }

  zoom(factor: number, anchor: Point = { x: this.size.width / 2, y: this.size.height / 2 }): void {
    if (this.viewport) this.move(zoomViewport(this.viewport, factor, anchor, this.scene.map, this.size));
  }

  pan(move: Point): void {
    if (this.viewport) this.move(panViewport(this.viewport, move, this.scene.map, this.size));
  }

  reset(): void {
    this.setViewport(fitViewport(this.scene.map, this.size));
  }

  /** Show another plane of a stack. */
  showPlane(plane: number): void {
    forget(this.scene);
    this.scene.showPlane(plane);
    this.repaint();
  }

  /** Bring a label index of the shown plane into sight. */
  reveal(index: number): void {
    if (!this.viewport) return;
    const { map } = this.scene;
    const centre = { x: map.regions.centroidX[index], y: map.regions.centroidY[index] };
    this.setViewport(revealPosition(this.viewport, centre, map, this.size));
  }

  /** The mask position under a canvas position. */
  maskPosition(point: Point): Point {
    return this.viewport ? maskPosition(this.viewport, point) : { x: -1, y: -1 };
  }

  /** Show an outline over the picture, corners in the canvas's CSS pixels. */
  outline(corners: readonly Point[] | null): void {
    this.outlined.setAttribute("points", (corners ?? []).map(({ x, y }) => `${x},${y}`).join(" "));
  }

  /** What the canvas shows as SVG. */
  svg(): string {
    const { viewport, scene, content, size } = this;
    if (!viewport) throw new Error("Cannot draw a picture: the mask must be in sight, got no canvas");
    const look = { ...content.look, viewport, isDraft: false, pixelRatio: window.devicePixelRatio || 1 };
    const marks = { over: content.marks(viewport, size), legend: content.legend(size.width) };
    return svgPicture(scene, look, marks, size);
  }

  /** What the canvas shows, with its legend; the canvas itself where there is none. */
  picture(): HTMLCanvasElement {
    const { canvas, size, content } = this;
    return withLegend(canvas, content.legend(size.width), canvas.width / size.width);
  }

  /** Free the memory of the images; what was painted stays. */
  sleep(): void {
    // The first picture is painted even if nobody sees it yet.
    if (this.frame) this.paint();
    this.isAsleep = true;
    forget(this.scene);
    this.scene.replaceImages([]);
  }

  /** @param images of the planes, decoded again */
  wake(images: readonly ImageBitmap[]): void {
    this.scene.replaceImages(images);
    this.isAsleep = false;
    this.repaint();
  }

  /** Paint before the browser's next frame. */
  repaint(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    window.clearTimeout(this.rest);
    forget(this.scene);
    this.scene.close();
  }

  /** Draw drafts while the mask moves, which keep pace with the hand. */
  private move(viewport: Viewport): void {
    window.clearTimeout(this.rest);
    this.rest = window.setTimeout(() => {
      this.rest = undefined;
      this.repaint();
    }, REST_MS);
    this.setViewport(viewport);
  }

  private setViewport(viewport: Viewport): void {
    this.viewport = viewport;
    const zoomed = viewport.scale > fitViewport(this.scene.map, this.size).scale;
    this.node.classList.toggle("be-mod-zoomed", zoomed);
    this.repaint();
  }

  private paint(): void {
    const { viewport, context, canvas, size, content } = this;
    if (!viewport || !context || this.isAsleep) return;
    const pixelRatio = window.devicePixelRatio || 1;
    const width = Math.round(size.width * pixelRatio);
    const height = Math.round(size.height * pixelRatio);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    paint(this.scene, { ...content.look, viewport, isDraft: this.rest !== undefined, pixelRatio }, context);
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    drawMarks(content.marks(viewport, size), context);
    context.resetTransform();
    this.legend.show(content.legend(size.width), size.width);
    this.onPaint();
  }
}
