const FENCE = /^( *)(`{3,}|~{3,}) *([\w+-]*)/;
const CODE = new Set(["", "ts", "typescript", "tsx", "js", "javascript"]);

/** What a code model said without what it thought aloud, as some do between tags. */
export const spoken = (answer: string): string =>
  answer.replace(/<think>[\s\S]*?(?:<\/think>|$)/g, "").trimStart();

/**
 * The code in a code model's answer: what its Markdown fences hold, those of other languages left out.
 *
 * @param isOver whether the answer is whole; until then the beginning of a fence is no code
 * @returns null if it has no fence with code
 * @example
 * codeIn("Here it is:\n```ts\nlabel(mask)\n```\nDone.", true); // "label(mask)"
 */
export function codeIn(answer: string, isOver: boolean): string | null {
  const lines = spoken(answer).split(/\r?\n/);
  if (!isOver && /^ *[`~]/.test(lines.at(-1) ?? "")) lines.pop();
  const blocks: string[][] = [];
  let open: { readonly end: RegExp; readonly indent: number; readonly lines: string[] } | undefined;
  for (const line of lines) {
    if (open?.end.test(line)) open = undefined;
    else if (open) open.lines.push(line.slice(Math.min(open.indent, line.search(/\S|$/))));
    else {
      const [, indent = "", fence = "", language = ""] = line.match(FENCE) ?? [];
      if (!fence) continue;
      // A block ends with its own mark, at least as long.
      open = { end: new RegExp(`^ *${fence[0]}{${fence.length},} *$`), indent: indent.length, lines: [] };
      if (CODE.has(language.toLowerCase())) blocks.push(open.lines);
    }
  }
  return blocks.length > 0 ? blocks.map((block) => block.join("\n").trimEnd()).join("\n\n") : null;
}
