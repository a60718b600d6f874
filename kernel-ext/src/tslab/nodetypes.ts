import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type * as TypeScript from "typescript";
import { ts } from "./library";

// Node.js's types without the modules that declare nothing global and that few cells import. They come when something
// imports them: a third of the text needn't be read for the first cell.

/** The modules, without `node:`. */
const postponed = [
  ...["assert", "assert/strict", "cluster", "constants", "diagnostics_channel", "domain", "http2", "https"],
  ...["inspector", "inspector/promises", "punycode", "repl", "sea", "string_decoder", "test"],
  ...["test/reporters", "trace_events", "v8", "wasi", "zlib"],
];

/** Imports that bring the types of all modules. */
export const allNodeModules: string = postponed.map((name) => `import "node:${name}";`).join("\n");

const folder = dirname(require.resolve("@types/node/package.json"));
/** The path of a file of Node.js's types, as TypeScript writes paths. */
const pathOf = (file: string): string => join(folder, file).replaceAll("\\", "/");

const index = pathOf("index.d.ts");
/** Names all modules, for `process.getBuiltinModule`. */
const listOfAll = pathOf("process.d.ts");

/** The file that declares a module: its own, or that of the module above it. */
function declaringFile(name: string): string | undefined {
  const parts = [name, name.split("/")[0]];
  return parts
    .flatMap((part) => [pathOf(`${part}.d.ts`), pathOf(`${part}.generated.d.ts`)])
    .find((path) => existsSync(path));
}

const files = new Map(postponed.map((name) => [name, declaringFile(name)]));

/** The text of a file of types, where Node.js's leave out what is postponed. */
export function withoutPostponed(path: string, text: string): string {
  if (path !== index) return text;
  const left = new Set(files.values());
  return text.replace(/^\/\/\/ <reference path="(.*)".*$/gm, (line, part: string) =>
    left.has(pathOf(part)) ? "" : line,
  );
}

/** What a module of Node.js is resolved to: a file that declares it by name, unless it is there already. */
export function resolveNodeModule(
  name: string,
  containingFile: string,
): TypeScript.ResolvedModuleWithFailedLookupLocations {
  const file = files.get(name.replace(/^node:/, ""));
  if (file === undefined || containingFile === listOfAll) return { resolvedModule: undefined };
  const resolvedModule: TypeScript.ResolvedModuleFull = {
    resolvedFileName: file,
    extension: ts.Extension.Dts,
    isExternalLibraryImport: true,
  };
  return { resolvedModule };
}

/** What the globals need of undici, whose types they are: the index names five times as much. */
const ofFetch = new Set(["./eventsource", "./fetch", "./file", "./filereader", "./formdata", "./websocket"]);

/** Whether an import of a file is of something that no global needs. */
export const isSuperfluous = (name: string, containingFile: string): boolean =>
  containingFile.endsWith("/undici-types/index.d.ts") && !ofFetch.has(name);
