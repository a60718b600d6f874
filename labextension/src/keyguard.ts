const SUPPRESS = "data-lm-suppress-shortcuts";

/**
 * Keep the notebook's own shortcuts away from keys that an output uses. In command mode JupyterLab takes arrows,
 * Enter, Space and letters from a focused control before the control sees them; all other keys (save, run) stay
 * JupyterLab's.
 *
 * @param node its focused descendants own the keys
 * @param owns whether the node uses this key
 * @returns ends the guard
 */
export function guardKeys(node: HTMLElement, owns: (event: KeyboardEvent) => boolean): () => void {
  // On the window, so that it comes before JupyterLab's listener on the document.
  const listener = (event: KeyboardEvent) => {
    const { target } = event;
    // On the focused element itself: JupyterLab looks from there upwards and takes the first match.
    if (target instanceof Element && node.contains(target)) target.toggleAttribute(SUPPRESS, owns(event));
  };
  window.addEventListener("keydown", listener, true);
  return () => window.removeEventListener("keydown", listener, true);
}

/** Whether the browser itself uses this key in a focused button, slider or list. */
export function isControlKey(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  // A list opens by Space, moves by arrows, and finds by letters.
  if (event.target instanceof HTMLSelectElement) return event.key !== "Enter" || !event.shiftKey;
  if (!(event.target instanceof HTMLButtonElement || event.target instanceof HTMLInputElement)) return false;
  if (event.key === "Enter" || event.key === " ") return !event.shiftKey;
  return /^(Arrow|Page)|^(Home|End)$/.test(event.key) && event.target instanceof HTMLInputElement;
}
