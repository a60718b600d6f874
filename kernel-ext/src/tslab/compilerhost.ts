import { existsSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, parse, relative } from "node:path";
import type * as TypeScript from "typescript";
import { Dependencies } from "./dependencies";
import { postponeDocComments } from "./doccomments";
import { ts } from "./library";
import { resolveModule } from "./moduleresolution";
import { isSuperfluous, resolveNodeModule, withoutPostponed } from "./nodetypes";
import { createProgramWith } from "./program";

/** What tslab's program is made with: its options and how it finds modules. */
export type CompilerHost = TypeScript.WatchCompilerHostOfFilesAndCompilerOptions<TypeScript.BuilderProgram>;

/** Folder of the kernel's own type packages. */
const ownTypes = dirname(dirname(require.resolve("@types/node/package.json")));
/** What this Node.js has, where this TypeScript knows it. */
const libraries = ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"];
const libraryFolder = dirname(ts.getDefaultLibFilePath({}));
/** Declares what the kernel adds to the globals of cells. */
export const globalTypes: string = join(__dirname, "../globals.d.ts");
const ignoredWatcher: TypeScript.FileWatcher = { close: () => {} };

/**
 * Stands in for TypeScript's `createWatchCompilerHost` in tslab.
 *
 * Cells get the types of Node.js in any folder, packages from the notebook's folder and then from the kernel's
 * installation, source maps, and what {@link cellTransformer} mends.
 */
export function createCompilerHost(
  rootFiles: string[],
  options: TypeScript.CompilerOptions,
  system: TypeScript.System,
  _createProgram: null,
  reportDiagnostic: TypeScript.DiagnosticReporter,
  reportStatus: TypeScript.WatchStatusReporter,
): CompilerHost {
  const ownOptions: TypeScript.CompilerOptions = {
    ...options,
    // The kernel's first: this TypeScript reads them for certain, a newer package's perhaps not.
    typeRoots: [ownTypes, ...(options.typeRoots ?? [])],
    types: ["node"],
    inlineSourceMap: true,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ["node"],
    // Nobody puts packages in place of TypeScript's own libraries here, and to look for them takes time.
    libReplacement: false,
    lib: libraries.filter((name) => existsSync(join(libraryFolder, name))),
    ...ownPaths(),
  };
  const dependencies = new Dependencies();
  const host = ts.createWatchCompilerHost(
    [...rootFiles, globalTypes],
    ownOptions,
    system,
    createProgramWith(dependencies),
    reportDiagnostic,
    reportStatus,
  );
  postponeDocComments(host);
  const { watchFile, readFile } = host;
  host.readFile = (path, encoding) => {
    const text = readFile.call(host, path, encoding);
    return text && withoutPostponed(path, text);
  };
  // Watching every declaration of every package costs time at the start, and for as long as the kernel lives.
  host.watchFile = (path, ...rest) =>
    path.includes("/node_modules/") ? ignoredWatcher : watchFile.call(host, path, ...rest);
  host.watchDirectory = () => ignoredWatcher;
  // Packages don't change under a running kernel; what a cell imports may be installed at any time.
  const resolved = new Map<string, TypeScript.ResolvedModuleWithFailedLookupLocations>();
  const cache = ts.createModuleResolutionCache(system.getCurrentDirectory(), (path) => path, ownOptions);
  // Each program asks anew for the package.json file above each file.
  host.getModuleResolutionCache = () => cache;
  host.resolveModuleNameLiterals = (names, containingFile, _redirect, moduleOptions) => {
    const results = names.map(({ text }) => {
      if (isBuiltin(text)) return resolveNodeModule(text, containingFile);
      if (isSuperfluous(text, containingFile)) return { resolvedModule: undefined };
      const key = `${dirname(containingFile)}\0${text}`;
      const known = resolved.get(key);
      if (known) return known;
      const { paths: _, pathsBasePath: __, ...usual } = moduleOptions;
      const isOfPackage = containingFile.includes("/node_modules/");
      const result = resolveModule(text, containingFile, usual, host, isOfPackage ? cache : undefined);
      if (isOfPackage) resolved.set(key, result);
      return result;
    });
    dependencies.set(containingFile, results);
    return results;
  };
  // A cell is resolved anew each time; the files behind it keep theirs.
  host.hasInvalidatedResolutions = () => false;
  return host;
}

/**
 * How a cell's declarations name the packages of the kernel's installation: as if they were in the notebook's folder. A
 * path that leads there is an error to TypeScript, and later cells would miss the variable.
 */
function ownPaths(): TypeScript.CompilerOptions {
  const { root } = parse(__dirname);
  const folders = (require.resolve.paths("bioengine") ?? []).map((path) => relative(root, path));
  return { pathsBasePath: root, paths: { "*": folders.map((path) => `${path}/*`) } };
}
