import type { Place } from "./sourcemap";

/**
 * Draw a line of a source with a mark below a part of it.
 *
 * @param length characters to mark; the mark ends with the line at the latest
 * @example
 * codeFrame('const x: number = "a";', { line: 0, column: 6 }, 1);
 * // 1 | const x: number = "a";
 * //   |       ^
 */
export function codeFrame(source: string, { line, column }: Place, length: number): string[] {
  const code = source.split("\n")[line];
  if (code === undefined) return [];
  const number = String(line + 1);
  // A tab is as wide below as it is above.
  const indent = code.slice(0, column).replace(/[^\t]/g, " ");
  const mark = "^".repeat(Math.max(1, Math.min(length, code.length - column)));
  return [`  ${number} | ${code}`, `  ${" ".repeat(number.length)} | ${indent}${mark}`];
}
