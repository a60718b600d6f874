import { biaBobPlugin } from "./biabobplugin";
import { codexInstructions } from "./instructions";
import { llmsTxt } from "./llmstxt";
import { ruleset } from "./ruleset";
import { skill } from "./skill";
import { snippets } from "./snippet";

/**
 * The files that tools for code models read, by their paths in the folder `views`: all that is in them is written
 * once, in the models, recipes and calls.
 *
 * @example
 * Object.keys(views()); // ["codex-instructions.md", "llms.txt", …]
 */
export function views(): Record<string, string> {
  const skillFiles = Object.entries(skill()).map(
    ([path, text]) => [`skills/bioengine/${path}`, text] as const,
  );
  const files = {
    "codex-instructions.md": codexInstructions(),
    ...Object.fromEntries(skillFiles),
    "notebook-intelligence/bioengine.md": ruleset(),
    "bia-bob/bioengine_bia_bob.py": biaBobPlugin(),
    "snippets.json": `${JSON.stringify(snippets, null, 2)}\n`,
  };
  const contents = {
    "codex-instructions.md": "the models, a cell for each task, and the calls, in one text for a prompt",
    ...Object.fromEntries(
      skillFiles
        .map(
          ([path, text]) =>
            [path, [...text.matchAll(/^### (.*)$/gm)].map(([, title]) => title).join(", ")] as const,
        )
        .filter(([, titles]) => titles !== ""),
    ),
    "skills/bioengine/references/calls.md": "array methods, filters, labels and measurements, a line each",
    "snippets.json": "every cell with its title, category and fields",
  };
  return { ...files, "llms.txt": llmsTxt(contents) };
}
