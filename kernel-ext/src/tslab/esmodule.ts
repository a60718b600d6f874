import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { constants, Script } from "node:vm";

/** Import a module as code in a folder does. */
export function importFrom(folder: string, specifier: string): Promise<object> {
  const script = new Script("(specifier) => import(specifier)", {
    filename: join(folder, "cell.js"),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return script.runInThisContext()(specifier);
}

/** Whether Node.js takes a file for an ES module. */
export function isESModule(path: string): boolean {
  if (extname(path) !== ".js") return extname(path) === ".mjs";
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, "utf8")).type === "module";
    if (folder === dirname(folder)) return false;
  }
}

/** An ES module as CommonJS code that TypeScript compiled wants it: marked as one, for its default export. */
export function asCommonJS(namespace: object): object {
  const names = Object.keys(namespace).filter((name) => name !== "__esModule");
  const properties = names.map((name): [string, PropertyDescriptor] => [
    name,
    { enumerable: true, get: () => Reflect.get(namespace, name) },
  ]);
  return Object.defineProperties({}, { __esModule: { value: true }, ...Object.fromEntries(properties) });
}
