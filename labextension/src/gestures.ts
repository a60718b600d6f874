import type { Point } from "./viewport";

/** What a person can do to a mask with pointer and keys; positions and moves are in the canvas's CSS pixels. */
export interface GestureTarget {
  /** Without anchor, around the centre. */
  zoom(factor: number, anchor?: Point): void;
  pan(move: Point): void;
  reset(): void;
  /** The pointer is here, `null` when it left. */
  hover(point: Point | null): void;
  /** `adds` to the selection instead of replacing it. */
  pick(point: Point, adds: boolean): void;
  /** Select the next label (1) or the one before (-1). */
  step(direction: 1 | -1): void;
  clear(): void;
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
  Escape: (target) => target.clear(),
};

/** The keys in words, for the canvas's description. */
export const KEYS =
  "Plus and minus zoom, 0 resets, arrow keys move, closing and opening square bracket select the next and the previous label, Escape clears the selection";

/** Whether a focused canvas uses this key. */
export function isGestureKey(event: KeyboardEvent): boolean {
  return event.key in ACTIONS && !event.ctrlKey && !event.metaKey && !event.altKey;
}

/**
 * Let a canvas answer pointer, wheel and keys. The plain wheel keeps scrolling the notebook: Ctrl or ⌘ with the
 * wheel, and a pinch, zoom.
 */
export function attachGestures(canvas: HTMLCanvasElement, target: GestureTarget): void {
  let pressed: { readonly id: number; x: number; y: number; dragging: boolean } | null = null;
  const position = (event: MouseEvent): Point => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button === 0)
      pressed = { id: event.pointerId, x: event.clientX, y: event.clientY, dragging: false };
  });
  canvas.addEventListener("pointermove", (event) => {
    if (pressed?.id === event.pointerId) {
      const move = { x: event.clientX - pressed.x, y: event.clientY - pressed.y };
      if (!pressed.dragging && Math.hypot(move.x, move.y) < DRAG_DISTANCE) return;
      if (!pressed.dragging) canvas.setPointerCapture(event.pointerId);
      pressed = { id: event.pointerId, x: event.clientX, y: event.clientY, dragging: true };
      target.pan(move);
    }
    target.hover(pressed?.dragging ? null : position(event));
  });
  canvas.addEventListener("pointerup", (event) => {
    if (pressed?.id === event.pointerId && !pressed.dragging)
      target.pick(position(event), event.shiftKey || event.ctrlKey || event.metaKey);
    pressed = null;
  });
  canvas.addEventListener("pointercancel", () => {
    pressed = null;
    target.hover(null);
  });
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
