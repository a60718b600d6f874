import { resolve } from "node:path";
import type { Converter, Diagnostic } from "tslab/dist/converter";
import { type MappedText, takeSourceMaps } from "../sourcemap";
import { adviceFor } from "./advice";
import { refuseArrayMisuse } from "./arraymisuse";
import { createCompilerHost } from "./compilerhost";
import { selectDeclarations } from "./declarations";
import { TypeScriptError } from "./diagnostic";
import { joinReasons } from "./diagnosticchain";
import { dynamicImports } from "./dynamicimport";
import { Editor } from "./editor";
import { withoutExports } from "./exports";
import { withoutKeywordErrors } from "./keyworderrors";
import { loadTslab, type Tslab, ts } from "./library";
import { parsed } from "./node";
import { withoutConsequences } from "./pythonlines";
import { hasTopLevelAwait } from "./toplevelawait";
import { USING_RESULT } from "./usingscope";

/** A cell as JavaScript. */
export interface CompiledCell {
  /** What errors call it. */
  readonly name: string;
  /** As it was written. */
  readonly text: string;
  /** The body of a function of `exports`, `require` and the checkpoint; `undefined` if there is nothing to run. */
  readonly code: MappedText | undefined;
  readonly isAsync: boolean;
  /** Which export has the value of the last expression, if there is one. */
  readonly resultName: string;
  /** The files that the cell imports, if they have changed: the path of each compiled file, and its code. */
  readonly files: readonly { readonly path: string; readonly code: MappedText }[];
  /** What later cells see of this one and those before, once it has run. */
  readonly declarations: string;
}

/** tslab's converter, and what the cells so far have declared. */
export class Compiler {
  readonly #tslab: Tslab;
  readonly #converter: Converter;
  #editor: Editor | undefined;
  readonly #modules = new Map<string, string>();
  #declarations = "";

  constructor() {
    const createWatchCompilerHost: typeof createCompilerHost = (...parts) => {
      const host = createCompilerHost(...parts);
      joinReasons(host);
      refuseArrayMisuse(host);
      this.#editor = new Editor(host);
      return host;
    };
    this.#tslab = loadTslab({ createWatchCompilerHost, transpileModule });
    this.#converter = this.#tslab.converter.createConverter();
  }

  /**
   * Compile a cell.
   *
   * @param name what errors call the cell
   * @throws {TypeScriptError} if TypeScript finds errors
   */
  compile(cell: string, name: string): CompiledCell {
    const check = (diagnostics: readonly Diagnostic[]): void => {
      if (diagnostics.length > 0) {
        const sourceOf = (fileName: string | undefined): string =>
          fileName === undefined ? cell : (this.sourceOf(resolve(fileName)) ?? "");
        const shown = withoutKeywordErrors(withoutConsequences(diagnostics, sourceOf), sourceOf);
        throw new TypeScriptError(shown, name, sourceOf, (diagnostic) =>
          adviceFor(diagnostic, sourceOf(diagnostic.fileName), this.editor),
        );
      }
    };
    const metadata = this.#tslab.metadata.getCodeMetadata(cell);
    if (metadata.module !== undefined) {
      // A cell that starts with `/** @module name */` is a file that other cells import.
      this.#modules.set(resolve(`${metadata.module}.ts`), cell);
      check(this.#converter.addModule(metadata.module, cell, metadata));
      return {
        name,
        text: cell,
        code: undefined,
        isAsync: false,
        resultName: USING_RESULT,
        files: [],
        declarations: this.#declarations,
      };
    }
    const converted = this.#converter.convert(this.#declarations, withoutExports(cell));
    try {
      check(converted.diagnostics);
    } catch (error) {
      this.editor.refuse(cell, name);
      throw error;
    }
    const { output, declOutput = "", sideOutputs = [], lastExpressionVar } = converted;
    return {
      name,
      text: cell,
      code: output ? withoutPrefix(takeSourceMaps(output)) : undefined,
      isAsync: hasTopLevelAwait(cell),
      resultName: lastExpressionVar ?? USING_RESULT,
      files: sideOutputs.map(({ path, data }) => {
        const code = takeSourceMaps(data);
        return { path, code: this.#modules.has(sourceName(path)) ? withoutPrefix(code) : code };
      }),
      // The converter adds the line again for each cell; the types are there without it.
      declarations: declOutput.replaceAll('/// <reference types="node" />\n', ""),
    };
  }

  /** Compile the imports alone of a cell that was refused; `undefined` if it has none, or those are wrong. */
  compileImports(cell: string, name: string): CompiledCell | undefined {
    // What a module imports is its own.
    if (this.#tslab.metadata.getCodeMetadata(cell).module !== undefined) return undefined;
    const imports = parsed(cell).statements.filter(ts.isImportDeclaration);
    if (imports.length === 0) return undefined;
    try {
      return this.compile(imports.map((each) => each.getText()).join("\n"), name);
    } catch (error) {
      if (error instanceof TypeScriptError) return undefined;
      throw error;
    }
  }

  /** The text of a file that cells import: one of the folder, or a cell that is one. */
  sourceOf(path: string): string | undefined {
    const source = sourceName(path);
    return this.#modules.get(source) ?? ts.sys.readFile(source);
  }

  /**
   * Let later cells see what a cell declares.
   *
   * @param hasRun whether the cell came to give a name its value; of others, what was declared before stays
   */
  adopt(cell: CompiledCell, hasRun?: (name: string) => boolean): void {
    if (hasRun) {
      const isNew = (name: string | undefined): boolean => name === undefined || hasRun(name);
      const added = selectDeclarations(cell.declarations, isNew);
      this.#declarations = added + selectDeclarations(this.#declarations, (name) => !isNew(name));
    } else {
      this.#declarations = cell.declarations;
    }
    this.editor.adopt(cell.text, this.#declarations);
  }

  /** Helps with cells that come after those so far. */
  get editor(): Editor {
    if (this.#editor) return this.#editor;
    throw new Error("Cannot help with the cell: tslab has made no program");
  }
}

/** The TypeScript file that a compiled file is of. */
const sourceName = (path: string): string => path.replace(/\.js$/, ".ts");

/** Stands in for TypeScript's own in tslab, which makes CommonJS of each output: with a source map, and all imports. */
const transpileModule: typeof ts.transpileModule = (input, options) =>
  ts.transpileModule(input, {
    ...options,
    transformers: { before: [dynamicImports] },
    compilerOptions: { ...options.compilerOptions, inlineSourceMap: true },
  });

/** The converter puts a line before a cell, which isn't the cell's. */
function withoutPrefix({ text, origin }: MappedText): MappedText {
  return {
    text,
    origin: (place) => {
      const found = origin(place);
      return found && found.line > 0 ? { ...found, line: found.line - 1 } : undefined;
    },
  };
}
