import type { Point } from "../viewport";

/** What two fingers do. */
export interface PinchTarget {
  zoom(factor: number, anchor: Point): void;
  pan(move: Point): void;
}

interface Fingers {
  readonly centre: Point;
  readonly distance: number;
}

/**
 * Let two fingers zoom and move; one finger keeps scrolling the page.
 *
 * @param onStart ends what one finger began
 */
export function attachPinch(canvas: HTMLElement, target: PinchTarget, onStart: () => void): void {
  let before: Fingers | null = null;
  const onTouch = (event: TouchEvent) => {
    if (event.touches.length !== 2) {
      before = null;
      return;
    }
    event.preventDefault();
    const now = fingersOf(event, canvas.getBoundingClientRect());
    if (before) {
      target.pan({ x: now.centre.x - before.centre.x, y: now.centre.y - before.centre.y });
      target.zoom(now.distance / before.distance, now.centre);
    } else onStart();
    before = now;
  };
  for (const type of ["touchstart", "touchmove", "touchend", "touchcancel"] as const)
    canvas.addEventListener(type, onTouch, { passive: false });
}

function fingersOf({ touches }: TouchEvent, box: DOMRect): Fingers {
  const [a, b] = [touches[0], touches[1]];
  return {
    centre: { x: (a.clientX + b.clientX) / 2 - box.left, y: (a.clientY + b.clientY) / 2 - box.top },
    distance: Math.max(Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY), 1),
  };
}
