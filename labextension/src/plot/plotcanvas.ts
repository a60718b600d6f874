import { plotTheme } from "../theme";
import { trans } from "../translation";
import type { Point } from "../viewport";
import { type Box, type Plot, plotFrame } from "./plot";

const CLICK_DISTANCE = 3;

/** A press of the pointer, until it ends. */
interface Press {
  readonly id: number;
  readonly at: Point;
  /** Records that stay selected. */
  readonly kept: readonly number[];
}

/** Whether a focused plot uses this key. */
export function isPlotKey(event: KeyboardEvent): boolean {
  return /^(ArrowLeft|ArrowRight|Escape)$/.test(event.key) && !event.ctrlKey && !event.metaKey;
}

/** The canvas that shows a plot, and the brush that a person draws over it. */
export class PlotCanvas {
  readonly canvas: HTMLCanvasElement = document.createElement("canvas");
  private plot: Plot | null = null;
  private selected: Uint8Array | null = null;
  private pressed: Press | null = null;
  private brush: Box | null = null;
  private hasBrushMoved = false;
  private frame = 0;

  /** @param choose called with the records to select instead of those that are */
  constructor(private readonly choose: (records: readonly number[]) => void) {
    this.canvas.className = "be-Plot";
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.canvas.setAttribute("aria-roledescription", trans.__("plot"));
    this.attachPointer();
    this.canvas.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** Show another plot; without one the canvas is hidden. */
  show(plot: Plot | null, selected: Uint8Array | null): void {
    this.plot = plot;
    this.canvas.hidden = plot === null;
    if (plot) this.canvas.setAttribute("aria-label", plot.description);
    this.showSelection(selected);
  }

  /** @param selected 1 for each selected record; `null` if there is none */
  showSelection(selected: Uint8Array | null): void {
    this.selected = selected;
    this.repaint();
  }

  /** Call it also when size or theme have changed. */
  repaint(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      // Once a frame, however fast the pointer is.
      if (this.hasBrushMoved && this.brush) this.chooseIn(this.brush);
      this.hasBrushMoved = false;
      this.paint();
    });
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
  }

  private paint(): void {
    const pen = this.canvas.getContext("2d");
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!pen || !this.plot || width === 0) return;
    const pixelRatio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * pixelRatio);
    this.canvas.height = Math.round(height * pixelRatio);
    pen.scale(pixelRatio, pixelRatio);
    const theme = plotTheme();
    const frame = plotFrame({ width, height });
    this.plot.paint({ pen, frame, theme }, this.selected);
    if (!this.brush) return;
    const { left, top, right, bottom } = this.plot.brushed(this.brush, frame);
    pen.fillStyle = theme.brush;
    pen.strokeStyle = theme.selected;
    pen.fillRect(left, top, right - left, bottom - top);
    pen.strokeRect(left + 0.5, top + 0.5, right - left - 1, bottom - top - 1);
  }

  private attachPointer(): void {
    const { canvas } = this;
    const end = () => {
      this.pressed = null;
      this.brush = null;
      this.repaint();
    };
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      const adds = event.shiftKey || event.ctrlKey || event.metaKey;
      const kept =
        adds && this.selected ? [...this.selected.keys()].filter((record) => this.selected?.[record]) : [];
      this.pressed = { id: event.pointerId, at: this.position(event), kept };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (this.pressed?.id !== event.pointerId) return;
      const { at } = this.pressed;
      const now = this.position(event);
      if (!this.brush && Math.hypot(now.x - at.x, now.y - at.y) < CLICK_DISTANCE) return;
      this.brush = boxBetween(at, now);
      this.hasBrushMoved = true;
      this.repaint();
    });
    canvas.addEventListener("pointerup", (event) => {
      if (this.pressed?.id !== event.pointerId) return;
      this.chooseIn(this.brush ?? boxBetween(this.pressed.at, this.pressed.at));
      end();
    });
    canvas.addEventListener("pointercancel", end);
  }

  private onKey(event: KeyboardEvent): void {
    if (!this.plot || !isPlotKey(event)) return;
    event.preventDefault();
    if (event.key === "Escape") this.choose([]);
    else this.choose(this.plot.step(event.key === "ArrowRight" ? 1 : -1, event.shiftKey));
  }

  private chooseIn(part: Box): void {
    if (!this.plot || !this.pressed) return;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    this.choose([...this.pressed.kept, ...this.plot.recordsIn(part, plotFrame({ width, height }))]);
  }

  private position(event: PointerEvent): Point {
    const box = this.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
}

function boxBetween(a: Point, b: Point): Box {
  return {
    left: Math.min(a.x, b.x),
    top: Math.min(a.y, b.y),
    right: Math.max(a.x, b.x),
    bottom: Math.max(a.y, b.y),
  };
}
