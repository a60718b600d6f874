import type { TranslationBundle } from "@jupyterlab/translation";

/**
 * Where a snippet goes: `here` is the active cell if that is empty, else a new one below it; `cell` is at the cursor
 * of the active cell.
 */
export type InsertionPlace = "here" | "above" | "cell" | "below";

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
 * insertionObstacle({ language: "python", kernelName: "Python 3" }, trans);
 * // "This notebook's kernel is Python 3. Choose a TypeScript kernel to insert snippets."
 */
export function insertionObstacle(target: InsertionTarget | null, trans: TranslationBundle): string | null {
  if (!target) return trans.__("Open a notebook to insert snippets.");
  if (/^typescript$/i.test(target.language)) return null;
  const kernel = target.kernelName || target.language;
  return kernel
    ? trans.__("This notebook's kernel is %1. Choose a TypeScript kernel to insert snippets.", kernel)
    : trans.__("This notebook has no kernel. Choose a TypeScript kernel to insert snippets.");
}
