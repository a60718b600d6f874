import { trans } from "../translation";
import type { Point } from "../viewport";
import { attachPinch } from "./pinch";
import { rectangle } from "./polygon";

/** What dragging does: move the mask, or select the labels inside a box or an outline. */
export type DragTool = "move" | "box" | "lasso";

/** What a person can do to a mask with pointer and keys; positions and moves are in the canvas's CSS pixels. */
export interface GestureTarget {
  readonly tool: DragTool;
  /** Without anchor, around the centre. */
  zoom(factor: number, anchor?: Point): void;
  pan(move: Point): void;
  reset(): void;
  /** The pointer is here, `null` when it left. */
  hover(point: Point | null): void;
  /** `adds` to the selection instead of replacing it. */
  pick(point: Point, adds: boolean): void;
  /** Show the outline of what will be selected, `null` for none. */
  outline(corners: readonly Point[] | null): void;
  /** Select the labels inside an outline. */
  enclose(corners: readonly Point[], adds: boolean): void;
  /** Select the next label (1) or the one before (-1). */
  step(direction: 1 | -1): void;
  clear(): void;
  /** Show the next plane of a stack (1) or the one before (-1). */
  turn(direction: 1 | -1): void;
}

const DRAG_DISTANCE = 4;
const ZOOM_STEP = 1.3;
const PAN_STEP = 48;

const ACTIONS: Record<string, (target: GestureTarget) => void> = {
  "+": (target) => target.zoom(ZOOM_STEP),
  "=": (target) => target.zoom(ZOOM_STEP),
  "-": (target) => target.zoom(1 / ZOOM_STEP),
  "0": (target) => target.reset(),
  ArrowLeft: (target) => target.pan({ x: PAN_STEP, y: 0 }),
  ArrowRight: (target) => target.pan({ x: -PAN_STEP, y: 0 }),
  ArrowUp: (target) => target.pan({ x: 0, y: PAN_STEP }),
  ArrowDown: (target) => target.pan({ x: 0, y: -PAN_STEP }),
  "]": (target) => target.step(1),
  "[": (target) => target.step(-1),
  ".": (target) => target.turn(1),
  ",": (target) => target.turn(-1),
  Escape: (target) => target.clear(),
};

/** The keys in words, for the canvas's description. */
export function describeKeys(): string {
  return trans.__(
    "Plus and minus zoom, 0 resets, arrow keys move, closing and opening square bracket select the next and the previous label, full stop and comma turn to the next and the previous plane, Escape clears the selection; dragging with Shift selects in a box",
  );
}

/** Whether a focused canvas uses this key. */
export function isGestureKey(event: KeyboardEvent): boolean {
  return event.key in ACTIONS && !event.ctrlKey && !event.metaKey && !event.altKey;
}

/**
 * Let a canvas answer pointer, wheel and keys. The plain wheel keeps scrolling the notebook: Ctrl or ⌘ with the
 * wheel, and a pinch, zoom.
 */
export function attachGestures(canvas: HTMLCanvasElement, target: GestureTarget): void {
  let drag: Drag | null = null;
  const position = (event: MouseEvent): Point => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const stop = () => {
    drag = null;
    target.outline(null);
    target.hover(null);
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    const tool = event.shiftKey && target.tool === "move" ? "box" : target.tool;
    drag = { id: event.pointerId, tool, path: [position(event)], isMoving: false };
  });
  canvas.addEventListener("pointermove", (event) => {
    if (drag?.id === event.pointerId) {
      if (!drag.isMoving && distance(drag.path[0], position(event)) < DRAG_DISTANCE) return;
      if (!drag.isMoving) canvas.setPointerCapture(event.pointerId);
      drag.isMoving = true;
      moveDrag(drag, position(event), target);
    }
    target.hover(drag?.isMoving ? null : position(event));
  });
  canvas.addEventListener("pointerup", (event) => {
    if (drag?.id !== event.pointerId) return;
    const adds = event.shiftKey || event.ctrlKey || event.metaKey;
    if (!drag.isMoving) target.pick(position(event), adds);
    else if (drag.tool !== "move") target.enclose(outlineOf(drag), adds);
    drag = null;
    target.outline(null);
  });
  canvas.addEventListener("pointercancel", stop);
  attachPinch(canvas, target, stop);
  canvas.addEventListener("pointerleave", () => target.hover(null));
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * 20;
      target.zoom(Math.exp(-Math.min(Math.max(pixels, -120), 120) / 400), position(event));
    },
    { passive: false },
  );
  canvas.addEventListener("keydown", (event) => {
    if (!isGestureKey(event)) return;
    event.preventDefault();
    ACTIONS[event.key](target);
  });
}

/** A pressed pointer. */
interface Drag {
  readonly id: number;
  readonly tool: DragTool;
  /** Where it was; when moving, only where it is. */
  readonly path: Point[];
  isMoving: boolean;
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

const outlineOf = ({ tool, path }: Drag): readonly Point[] =>
  tool === "box" ? rectangle(path[0], path[path.length - 1]) : path;

function moveDrag(drag: Drag, point: Point, target: GestureTarget): void {
  if (drag.tool === "move") {
    const [from] = drag.path.splice(0, 1, point);
    target.pan({ x: point.x - from.x, y: point.y - from.y });
  } else {
    drag.path.push(point);
    target.outline(outlineOf(drag));
  }
}
