/**
 * What an output shows in place of data that cannot be shown: the reason, and nothing of the data.
 *
 * @param error its message says what is wrong
 */
export function errorBox(error: unknown): HTMLElement {
  const box = document.createElement("div");
  box.className = "be-Error";
  box.setAttribute("role", "alert");
  box.textContent = error instanceof Error ? error.message : String(error);
  return box;
}
