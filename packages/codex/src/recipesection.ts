import { codeBlock } from "./codeblock";
import type { Recipe } from "./recipe";

/** A recipe as Markdown: its title, what it does and needs, and its cell. */
export function recipeSection({ title, description, requires, server, code }: Recipe): string {
  const variables = requires.map((name) => `\`${name}\``).join(" and ");
  return [
    `### ${title}`,
    "",
    description,
    ...(requires.length > 0 ? [`Needs ${variables}.`] : []),
    ...(server ? [`Needs ${server}.`] : []),
    "",
    codeBlock(code),
  ].join("\n");
}
