import type { Editor } from "./editor";
import { ts } from "./library";

/** A line that is to be pasted: what it is said to be, what it imports of bioengine, and its rest. */
const line = /^(Write |In TypeScript: )(?:import \{ ([\w, ]+) \} from "bioengine"; )?(.*)$/;

/**
 * An advised line with the import of all that it calls of bioengine's and the cell doesn't have.
 *
 * @param source the cell's text
 */
export function withMissingImports(advice: string, source: string, editor: Editor): string {
  const [, head, imported = "", text = ""] = line.exec(advice) ?? [];
  if (head === undefined || text.startsWith("import ") || text.includes("…")) return advice;
  const called = [...text.matchAll(/(?<![\w$.])(?!await\b|new\b)([A-Za-z]\w*)(?=\(|\.concat\()/g)].map(
    ([name]) => name,
  );
  const known = imported === "" ? [] : imported.split(", ");
  const lacking = [...new Set(called)].filter((name) => !known.includes(name));
  if (lacking.length === 0) return advice;
  const exported = editor.exportsOf("bioengine").filter((name) => lacking.includes(name));
  const missing =
    exported.length === 0
      ? []
      : editor.look(source, ({ checker, file }) => {
          const flags = ts.SymbolFlags.Value | ts.SymbolFlags.Alias;
          const inScope = new Set(checker.getSymbolsInScope(file, flags).map(({ name }) => name));
          return exported.filter((name) => !inScope.has(name));
        });
  if (missing.length === 0) return advice;
  return `${head}import { ${[...known, ...missing].join(", ")} } from "bioengine"; ${text}`;
}
