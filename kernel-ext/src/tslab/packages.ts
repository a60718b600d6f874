import { type Dirent, readdirSync, readFileSync } from "node:fs";
import { builtinModules, createRequire } from "node:module";
import { join } from "node:path";

/** The modules of Node.js, each as `fs` and as `node:fs`. */
export const builtins: readonly string[] = builtinModules
  .filter((name) => !name.startsWith("_"))
  .flatMap((name) => (name.startsWith("node:") ? [name] : [name, `node:${name}`]));

/** The package's part of what an import names: `@scope/name` of `@scope/name/deep/file`. */
export const packageOf = (specifier: string): string => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

/** The names of the packages that code in a folder can import: from there, then from the kernel's installation. */
export function packageNames(folder: string): string[] {
  const names = packageFolders(folder).flatMap((path) =>
    namesIn(path).flatMap((name) =>
      name.startsWith("@") ? namesIn(join(path, name)).map((inner) => `${name}/${inner}`) : [name],
    ),
  );
  return [...new Set(names)].filter((name) => !/^(\.|@types\/)/.test(name));
}

/** The packages that a folder's own `package.json` asks for. */
export function dependenciesOf(folder: string): string[] {
  const { dependencies, devDependencies } = readManifest(folder) ?? {};
  return [...Object.keys(dependencies ?? {}), ...Object.keys(devDependencies ?? {})];
}

/** What a package lets others import: `name` and a subpath each, and `name/folder/` for what lies deeper. */
export function subpathsOf(name: string, inside: string, folder: string): string[] {
  for (const path of packageFolders(folder)) {
    const root = join(path, name);
    const manifest = readManifest(root);
    if (!manifest) continue;
    if (manifest.exports === undefined)
      return filesIn(join(root, inside)).map((file) => `${name}/${inside}${file}`);
    return exportedPaths(root, manifest.exports).map((path) => `${name}${path}`);
  }
  return [];
}

/** The modules and folders (with a slash at the end) in a folder, as an import names them. */
export function filesIn(folder: string): string[] {
  const names = entriesOf(folder).flatMap((entry) => {
    if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
    if (!entry.isFile()) return [`${entry.name}/`];
    const [, stem, extension] = /^(.+?)((?:\.d)?\.[cm]?[jt]sx?|\.json)$/.exec(entry.name) ?? [];
    if (stem === undefined) return [];
    return [extension === ".json" || /^\.[cm]/.test(extension ?? "") ? entry.name : stem];
  });
  return [...new Set(names)];
}

function exportedPaths(root: string, exports: unknown): string[] {
  if (typeof exports !== "object" || exports === null) return [];
  return Object.entries(exports).flatMap(([path, target]) => {
    if (!path.startsWith("./") || path === "./package.json") return [];
    return path.includes("*") ? expand(root, path, firstTarget(target)) : [path.slice(1)];
  });
}

/** The files that a pattern of `exports` stands for. */
function expand(root: string, path: string, target: string | undefined): string[] {
  const [before = "", after = ""] = target?.split("*") ?? [];
  if (target === undefined || !before.endsWith("/")) return [];
  return entriesOf(join(root, before))
    .filter((entry) => entry.isFile() && entry.name.endsWith(after))
    .map(({ name }) => path.slice(1).replace("*", name.slice(0, name.length - after.length)));
}

function firstTarget(target: unknown): string | undefined {
  if (typeof target === "string") return target;
  if (typeof target !== "object" || target === null) return undefined;
  return Object.values(target)
    .map(firstTarget)
    .find((found) => found !== undefined);
}

const packageFolders = (folder: string): string[] => [
  ...(createRequire(join(folder, "cell.js")).resolve.paths("bioengine") ?? []),
  ...(require.resolve.paths("bioengine") ?? []),
];

const namesIn = (folder: string): string[] =>
  entriesOf(folder)
    .filter((entry) => !entry.isFile())
    .map(({ name }) => name);

interface Manifest {
  readonly exports?: unknown;
  readonly dependencies?: object;
  readonly devDependencies?: object;
}

function readManifest(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  } catch {
    // Most folders have none, and a broken one is the matter of who imports from it.
    return undefined;
  }
}

/** What is in a folder; nothing if it is not there. */
export function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Node looks into folders that needn't be there.
    return [];
  }
}
