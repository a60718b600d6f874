import type * as TypeScript from "typescript";
import { ts } from "./library";

/** A doc comment as Markdown: what is deprecated, the text, parameters, returns, throws, others, examples. */
export function documentationOf(
  documentation: readonly TypeScript.SymbolDisplayPart[] | undefined,
  tags: readonly TypeScript.JSDocTagInfo[] = [],
): string {
  const texts = tags.map(({ name, text }) => ({ name, text: textOf(text) }));
  const all = (...names: string[]): string[] =>
    texts.filter(({ name }) => names.includes(name)).map(({ text }) => text);
  const others = texts.filter(({ name }) => !shownApart.has(name));
  return [
    ...all("deprecated").map((text) => `**Deprecated** ${text}`),
    textOf(documentation),
    all("param").map(parameterLine).join("\n"),
    ...all("returns", "return").map((text) => `**Returns** ${text}`),
    ...all("throws", "exception").map((text) => `**Throws** ${text.replace(/^\{(.*?)\}/, "`$1`")}`),
    ...others.map(({ name, text }) => `*@${name}* ${text}`),
    ...all("example").map(example),
  ]
    .map((part) => part.trim())
    .filter(Boolean)
    .join("\n\n");
}

const shownApart = new Set(["deprecated", "param", "returns", "return", "throws", "exception", "example"]);

const textOf = (parts: readonly TypeScript.SymbolDisplayPart[] | undefined): string =>
  ts
    .displayPartsToString([...(parts ?? [])])
    .replace(/\{@link(?:code|plain)?\s+([^}|]+?)\s*(?:\|[^}]*)?\}/g, "`$1`");

function parameterLine(text: string): string {
  const [, name = "", description = ""] = /^(\S+)\s*(?:-\s+)?([\s\S]*)$/.exec(text) ?? [];
  return `- \`${name}\` ${description}`.trimEnd();
}

/** Examples are code, unless they say themselves what of them is. */
const example = (text: string): string =>
  text.includes("```") ? text : `\`\`\`typescript\n${text.trim()}\n\`\`\``;
