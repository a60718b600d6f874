/** What is known of the notebook that a snippet would go into. */
export interface InsertionTarget {
  /** Language of the notebook's kernel, "" if it has none and does not say. */
  readonly language: string;
  /** Name of the kernel as people see it, "" if unknown. */
  readonly kernelName: string;
}

/**
 * Why a snippet cannot be inserted, as a sentence for people; `null` if it can.
 *
 * @param target the current notebook, `null` if none is open
 * @example
 * insertionObstacle({ language: "python", kernelName: "Python 3" });
 * // "This notebook's kernel is Python 3. Choose a TypeScript kernel to insert snippets."
 */
export function insertionObstacle(target: InsertionTarget | null): string | null {
  if (!target) return "Open a notebook to insert snippets.";
  if (/^typescript$/i.test(target.language)) return null;
  const kernel = target.kernelName || target.language;
  const present = kernel ? `This notebook's kernel is ${kernel}.` : "This notebook has no kernel.";
  return `${present} Choose a TypeScript kernel to insert snippets.`;
}
