/**
 * A selection as a line of TypeScript for a cell, so that it outlives the page.
 *
 * @param labels selected ones, ascending
 * @example
 * selectionCode([3, 7]); // "const selected = [3, 7];\n"
 */
export function selectionCode(labels: readonly number[]): string {
  return `const selected = [${labels.join(", ")}];\n`;
}
