import type * as TypeScript from "typescript";
import type { OpenCell } from "./languageservice";
import { ts } from "./library";
import { allNodeModules } from "./nodetypes";
import { nearest } from "./spelling";

/** The most lines that one name is offered. */
const MOST_LINES = 3;

/**
 * How to import a name which a cell lacks, or the one that was probably meant: an advice each.
 *
 * @param open opens a cell in the language service
 * @param packages those that the notebook may mean; Node.js's own modules come after them
 * @param isExact whether names that are only like it are left out
 */
export function adviseImport(
  name: string,
  open: (code: string) => OpenCell,
  packages: readonly string[],
  isExact: boolean,
): string[] {
  const exported = packages.map((from) => ({ from, names: exportsOf(from, open) }));
  const exact = exported.filter(({ names }) => names.includes(name)).map(({ from }) => from);
  const found = exact.length > 0 ? exact : builtinsWith(name, open);
  if (found.length > 0)
    return found.slice(0, MOST_LINES).map((from) => `Import it first: ${importLine(name, from)}`);
  if (isExact) return [];
  return exported
    .map(({ from, names }) => ({ from, name: nearest(name, names) }))
    .flatMap(({ from, name }) =>
      name === undefined ? [] : [`Did you mean this one? ${importLine(name, from)}`],
    )
    .slice(0, MOST_LINES);
}

const importLine = (name: string, from: string): string => `import { ${name} } from "${from}";`;

/** What a package exports, as its types have it. */
export function exportsOf(from: string, open: (code: string) => OpenCell): string[] {
  const { service, file, start } = open(`import {  } from "${from}";`);
  const info = service.getCompletionsAtPosition(file.fileName, start + "import { ".length, {});
  return (info?.entries ?? []).filter(({ kind }) => kind !== "keyword").map(({ name }) => name);
}

function builtinsWith(name: string, open: (code: string) => OpenCell): string[] {
  const { checker, file } = open(allNodeModules);
  const hasMember = (module: TypeScript.Symbol): boolean => {
    if (checker.tryGetMemberInModuleExports(name, module)) return true;
    // Such as "node:path", which is an object.
    const whole = module.exports?.get(ts.InternalSymbolName.ExportEquals);
    if (!whole) return false;
    const target = whole.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(whole) : whole;
    return checker.getTypeOfSymbolAtLocation(target, file).getProperty(name) !== undefined;
  };
  return (
    checker
      .getAmbientModules()
      // What the console's module has is nobody's wish: `table` and `count` are names that cells have.
      .filter((module) => /^"node:(?!.*\/(posix|win32)"|console")/.test(module.name))
      .filter(hasMember)
      .map((module) => module.name.slice(1, -1))
      .sort()
  );
}
