import { dirname, join } from "node:path";
import type { Completion } from "../interpreter";
import { builtins, dependenciesOf, filesIn, packageNames, packageOf, subpathsOf } from "./packages";

/** The text before a cursor that is in what an import names. */
const openPath = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(["'])([^"'\n]*)$/;

/**
 * The modules that fit what an import names, if the cursor is there.
 *
 * @param folder where the cell imports from
 */
export function completeImportPath(code: string, offset: number, folder: string): Completion | undefined {
  const [, quote = "", typed] = openPath.exec(code.slice(0, offset)) ?? [];
  if (typed === undefined) return undefined;
  const rest = /^[^"'\s;]*/.exec(code.slice(offset))?.[0] ?? "";
  const end = code[offset + rest.length] === quote ? offset + rest.length : offset;
  const matches = importPaths(typed, folder)
    .filter((name) => name.startsWith(typed))
    .map((name) => ({ name, kind: name.endsWith("/") ? "folder" : "module" }));
  return { start: offset - typed.length, end, matches };
}

/** What an import could name that begins like `typed`: the nearest first. */
function importPaths(typed: string, folder: string): string[] {
  if (typed.startsWith(".")) {
    const path = typed.slice(0, typed.lastIndexOf("/") + 1);
    if (path === "") return ["./", "../"];
    return filesIn(join(folder, path))
      .sort()
      .map((name) => path + name);
  }
  const name = packageOf(typed);
  const packages = packageNames(folder);
  if (typed.length > name.length && packages.includes(name)) {
    const inside = dirname(`${typed.slice(name.length + 1)}x`);
    return subpathsOf(name, inside === "." ? "" : `${inside}/`, folder).sort();
  }
  const [plain, prefixed] = [false, true].map((isPrefixed) =>
    builtins.filter((builtin) => builtin.startsWith("node:") === isPrefixed).sort(),
  );
  const first = ["bioengine", ...dependenciesOf(folder)].filter((wanted) => packages.includes(wanted));
  return [...new Set([...first, ...packages.sort(), ...(plain ?? []), ...(prefixed ?? [])])];
}
