import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Snippet } from "@bioengine/codex";
import { root } from "../laboratory";

const folder = join(root, "packages/codex/views");
/** In the order in which the skill tells an agent of them: cells use what earlier ones make. */
const references = ["read", "segment", "measure", "save", "train", "calls"];

/** The cells that a view has, in order, of one file or of all files of a folder. */
export interface ViewBlocks {
  readonly name: string;
  readonly blocks: readonly string[];
}

const read = (path: string): string => readFileSync(join(folder, path), "utf8");

/** The code blocks of a Markdown or Python file, without the indentation that they have in common. */
function blocksOf(path: string): string[] {
  const blocks = [...read(path).matchAll(/^( *)```ts\n([\s\S]*?)\n *```$/gm)];
  return blocks.map(([, indent = "", code = ""]) => code.replace(new RegExp(`^${indent}`, "gm"), ""));
}

/** What the generated files themselves have: no source of the package is asked. */
export function viewBlocks(): ViewBlocks[] {
  const skill = ["SKILL.md", ...references.map((name) => `references/${name}.md`)];
  const found = readdirSync(join(folder, "skills/bioengine/references")).map((name) => `references/${name}`);
  if (found.sort().join() !== skill.slice(1).sort().join()) throw new Error(`The skill has ${found.join()}`);
  const snippets: Snippet[] = JSON.parse(read("snippets.json"));
  return [
    ...[
      "codex-instructions.md",
      "notebook-intelligence/bioengine.md",
      "llms.txt",
      "bia-bob/bioengine_bia_bob.py",
    ].map((name) => ({ name, blocks: blocksOf(name) })),
    { name: "skills/bioengine", blocks: skill.flatMap((path) => blocksOf(`skills/bioengine/${path}`)) },
    { name: "snippets.json", blocks: snippets.map(({ code }) => code) },
  ];
}
