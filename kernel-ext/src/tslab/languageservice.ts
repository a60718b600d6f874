import { statSync } from "node:fs";
import { join } from "node:path";
import type * as TypeScript from "typescript";
import { type CompilerHost, globalTypes } from "./compilerhost";
import { ts } from "./library";

/** A cell that is being written, as TypeScript's language service sees it. */
export interface OpenCell {
  readonly service: TypeScript.LanguageService;
  readonly checker: TypeScript.TypeChecker;
  readonly file: TypeScript.SourceFile;
  /** Offset in the file of the cell's first character. */
  readonly start: number;
}

interface Document {
  readonly text: string;
  readonly version: string;
}

/** Makes a text a module, where it may await at its top level. */
const MODULE_PREFIX = "export {};\n";

/**
 * TypeScript's language service over one cell after the declarations of the earlier ones.
 *
 * It leaves tslab's program as it is and shares the files that were parsed for it.
 */
export class LanguageService {
  readonly #host: CompilerHost;
  readonly #cellName: string;
  readonly #declarationsName: string;
  readonly #documents = new Map<string, Document>();
  readonly #files = new Map<string, TypeScript.SourceFile>();
  readonly #service: TypeScript.LanguageService;
  #compiled: TypeScript.Program | undefined;
  #version = 0;

  constructor(host: CompilerHost) {
    const folder = host.getCurrentDirectory();
    this.#host = host;
    this.#cellName = join(folder, "__cell__.ts").replaceAll("\\", "/");
    this.#declarationsName = join(folder, "__earlier__.d.ts").replaceAll("\\", "/");
    const { createProgram } = host;
    host.createProgram = (...parts) => {
      const program = createProgram(...parts);
      this.#compiled = program.getProgram();
      return program;
    };
    this.#service = ts.createLanguageService(this.#serviceHost(), this.#registry());
  }

  /** Open a cell in place of the one before. */
  open(declarations: string, code: string): OpenCell {
    this.#set(this.#declarationsName, declarations);
    this.#set(this.#cellName, code);
    const program = this.#service.getProgram();
    const file = program?.getSourceFile(this.#cellName);
    if (!program || !file) throw new Error("Cannot look into the cell: TypeScript's program lacks it");
    const checker = program.getTypeChecker();
    // tslab's way of scoping: what a cell doesn't declare is looked up in the file around it.
    Reflect.set(file, "parent", program.getSourceFile(this.#declarationsName));
    return { service: this.#service, checker, file, start: MODULE_PREFIX.length };
  }

  /** Whether a file is the one that declares what earlier cells did. */
  isDeclarations(fileName: string): boolean {
    return fileName === this.#declarationsName;
  }

  #set(name: string, text: string): void {
    const whole = MODULE_PREFIX + text;
    if (this.#documents.get(name)?.text === whole) return;
    this.#documents.set(name, { text: whole, version: String(++this.#version) });
  }

  #known(name: string): TypeScript.SourceFile | undefined {
    return this.#compiled?.getSourceFile(name) ?? this.#files.get(name);
  }

  #textOf(name: string): string | undefined {
    const document = this.#documents.get(name);
    if (document) return document.text;
    const known = this.#known(name);
    return known && versionOf(known) === this.#versionOf(name) ? known.text : this.#host.readFile(name);
  }

  #versionOf(name: string): string {
    const document = this.#documents.get(name);
    if (document) return document.version;
    const compiled = this.#compiled?.getSourceFile(name);
    if (compiled) return versionOf(compiled);
    const kept = this.#files.get(name);
    // Packages don't change under a running kernel, the notebook's own files do.
    if (kept && name.includes("/node_modules/")) return versionOf(kept);
    return String(statSync(name, { throwIfNoEntry: false })?.mtimeMs);
  }

  #serviceHost(): TypeScript.LanguageServiceHost {
    const host = this.#host;
    const { resolveModuleNameLiterals } = host;
    return {
      getCompilationSettings: () => host.options,
      getCurrentDirectory: () => host.getCurrentDirectory(),
      getDefaultLibFileName: (options) => host.getDefaultLibFileName(options),
      useCaseSensitiveFileNames: () => host.useCaseSensitiveFileNames(),
      getScriptFileNames: () => [globalTypes, this.#declarationsName, this.#cellName],
      getScriptVersion: (name) => this.#versionOf(name),
      getScriptSnapshot: (name) => {
        const text = this.#textOf(name);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      fileExists: (name) => this.#documents.has(name) || host.fileExists(name),
      readFile: (name) => this.#textOf(name),
      directoryExists: (path) => host.directoryExists?.(path) ?? false,
      getDirectories: (path) => host.getDirectories?.(path) ?? [],
      realpath: (path) => host.realpath?.(path) ?? path,
      ...(resolveModuleNameLiterals && {
        resolveModuleNameLiterals: (...parts) => resolveModuleNameLiterals.apply(host, parts),
      }),
    };
  }

  /** Takes each file from tslab's program where that has it. */
  #registry(): TypeScript.DocumentRegistry {
    const acquire: TypeScript.DocumentRegistry["acquireDocumentWithKey"] = (
      name,
      _path,
      _settings,
      _key,
      snapshot,
      version,
      scriptKind,
      options,
    ) => {
      const known = this.#known(name);
      const file =
        known && versionOf(known) === version
          ? known
          : ts.createLanguageServiceSourceFile(
              name,
              snapshot,
              options ?? ts.ScriptTarget.Latest,
              version,
              true,
              scriptKind,
            );
      this.#files.set(name, file);
      return file;
    };
    return {
      ...ts.createDocumentRegistry(true, this.#host.getCurrentDirectory()),
      acquireDocumentWithKey: acquire,
      updateDocumentWithKey: acquire,
      releaseDocumentWithKey: () => {},
    };
  }
}

/** The version that a program gave to a file: TypeScript keeps it to itself. */
const versionOf = (file: TypeScript.SourceFile): string => String(Reflect.get(file, "version"));
