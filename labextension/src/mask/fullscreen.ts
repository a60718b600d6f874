import type { Size } from "../viewport";

/** As the style sheet has it. */
const PADDING = 12;
const LEAST_HEIGHT = 130;

/** Let an element fill the screen, or end that. */
export async function toggleFullscreen(element: HTMLElement): Promise<void> {
  if (document.fullscreenElement === element) await document.exitFullscreen();
  else await element.requestFullscreen();
}

/** What the screen leaves for one child beside the others, in CSS pixels; `null` unless the element fills it. */
export function fullscreenRoom(element: HTMLElement, child: HTMLElement): Size | null {
  if (document.fullscreenElement !== element) return null;
  const others = [...element.children].filter((other) => other !== child);
  const taken = others.reduce((sum, other) => sum + other.getBoundingClientRect().height, 0);
  return {
    width: window.innerWidth - 2 * PADDING,
    height: Math.max(window.innerHeight - taken - 3 * PADDING, LEAST_HEIGHT),
  };
}
