/** Below and above the part that is in sight, and beside it. */
const MARGIN = "100%";

/**
 * Watch whether an element is in sight, or a screen away from it at most; at first too.
 *
 * @returns ends it
 */
export function watchNearness(node: Element, onChange: (isNear: boolean) => void): () => void {
  // Notebooks scroll in an element of their own, which only the second margin is about; not every browser has it.
  const options: IntersectionObserverInit & { scrollMargin: string } = {
    rootMargin: MARGIN,
    scrollMargin: MARGIN,
  };
  const observer = new IntersectionObserver((entries) => {
    const last = entries.at(-1);
    if (last) onChange(last.isIntersecting);
  }, options);
  observer.observe(node);
  return () => observer.disconnect();
}
