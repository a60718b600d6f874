const IMPORT = /^import \{([^}]*)\} from ["']([^"']+)["'];?\n?/gm;

const namesOf = (list: string): string[] =>
  list
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);

/**
 * Code without the imports of names that earlier cells import from the same modules.
 *
 * @param code a cell whose imports are lists of names
 * @param earlier the sources of the cells that run before it
 * @returns the code, with what is left of its imports
 * @example
 * withoutKnownImports('import { imread } from "bioengine";\n\nimread("a.tif");', ['import { imread } from "bioengine";']);
 * // 'imread("a.tif");'
 */
export function withoutKnownImports(code: string, earlier: readonly string[]): string {
  const known = new Set(
    earlier
      .flatMap((source) => [...source.matchAll(IMPORT)])
      .flatMap(([, list = "", module]) => namesOf(list).map((name) => `${module} ${name}`)),
  );
  return code
    .replace(IMPORT, (statement, list: string, module: string) => {
      const names = namesOf(list);
      const missing = names.filter((name) => !known.has(`${module} ${name}`));
      if (missing.length === names.length) return statement;
      return missing.length > 0 ? `import { ${missing.join(", ")} } from "${module}";\n` : "";
    })
    .replace(/^\n+/, "");
}
