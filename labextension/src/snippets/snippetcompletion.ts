import type { Snippet } from "@bioengine/codex";
import { withoutKnownImports } from "../notebook/imports";

/** As few letters as tell one snippet from another. */
const MIN_TYPED = 4;

/**
 * What may follow in a cell: the rest of the snippets that it begins with, or those that a comment asks for in words.
 *
 * @param typed the cell's text up to the cursor
 * @param earlier the sources of the cells before it, whose imports aren't made again
 * @returns texts to insert at the cursor, in the snippets' order
 * @example
 * snippetCompletions(snippets, "// save csv", []); // ['\nimport { writeFileSync } from "node:fs";…']
 */
export function snippetCompletions(
  snippets: readonly Snippet[],
  typed: string,
  earlier: readonly string[],
): string[] {
  const [, asked] = /^\s*\/\/ *(.*)$/.exec(typed) ?? [];
  const start = typed.trimStart();
  if ((asked ?? start).trim().length < MIN_TYPED) return [];
  if (asked !== undefined) {
    const words = asked.toLowerCase().split(/\s+/).filter(Boolean);
    return snippets
      .filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)))
      .map(({ code }) => `\n${withoutKnownImports(code, earlier)}`);
  }
  const rests = snippets
    .flatMap(({ code }) => [code, code.replace(/^(import .*\n)+\n*/, "")])
    .filter((code) => code.startsWith(start) && code.length > start.length)
    .map((code) => code.slice(start.length));
  return [...new Set(rests)];
}
