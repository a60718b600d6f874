import type { Place } from "./sourcemap";

/** A line longer than this is shown around its mark. */
const LONGEST_LINE = 160;

/**
 * Draw a line of a source with a mark below a part of it.
 *
 * @param length characters to mark; the mark ends with the line at the latest
 * @param context how many lines before and after it are drawn as well, default 0
 * @example
 * codeFrame('const x: number = "a";', { line: 0, column: 6 }, 1);
 * // 1 | const x: number = "a";
 * //   |       ^
 */
export function codeFrame(source: string, { line, column }: Place, length: number, context = 0): string[] {
  const lines = source.split("\n");
  const last = Math.min(lines.length, line + context + 1);
  const width = String(last).length;
  return lines.slice(0, last).flatMap((whole, index) => {
    if (index < line - context) return [];
    const start = whole.length > LONGEST_LINE ? Math.max(0, column - LONGEST_LINE / 2) : 0;
    const code = whole.slice(start, start + LONGEST_LINE);
    const drawn = `  ${String(index + 1).padStart(width)} | ${code}`;
    if (index !== line) return [drawn];
    // A tab is as wide below as it is above.
    const indent = code.slice(0, column - start).replace(/[^\t]/g, " ");
    const mark = "^".repeat(Math.max(1, Math.min(length, code.length - indent.length)));
    return [drawn, `  ${" ".repeat(width)} | ${indent}${mark}`];
  });
}
