import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Converter, Diagnostic } from "tslab/dist/converter";
import type * as TypeScript from "typescript";
import type { Completion, Inspection } from "../interpreter";
import { type MappedText, takeSourceMaps } from "../sourcemap";
import { createCompilerHost } from "./compilerhost";
import { completionOf } from "./completion";
import { selectDeclarations } from "./declarations";
import { TypeScriptError } from "./diagnostic";
import { dynamicImports } from "./dynamicimport";
import { withoutExports } from "./exports";
import { inspectedOffsets, inspectionOf } from "./inspection";
import { loadTslab, type Tslab, ts } from "./library";
import { hasTopLevelAwait } from "./toplevelawait";
import { USING_RESULT } from "./usingscope";

/** A cell as JavaScript. */
export interface CompiledCell {
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
  #declarations = "";

  constructor() {
    this.#tslab = loadTslab({ createWatchCompilerHost: createCompilerHost, transpileModule });
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
      if (diagnostics.length > 0) throw new TypeScriptError(diagnostics, sourceReader(cell), name);
    };
    const metadata = this.#tslab.metadata.getCodeMetadata(cell);
    if (metadata.module !== undefined) {
      // A cell that starts with `/** @module name */` is a file that other cells import.
      check(this.#converter.addModule(metadata.module, cell, metadata));
      return {
        code: undefined,
        isAsync: false,
        resultName: USING_RESULT,
        files: [],
        declarations: this.#declarations,
      };
    }
    const converted = this.#converter.convert(this.#declarations, withoutExports(cell));
    check(converted.diagnostics);
    const { output, declOutput = "", sideOutputs = [], lastExpressionVar } = converted;
    return {
      code: output ? withoutPrefix(takeSourceMaps(output)) : undefined,
      isAsync: hasTopLevelAwait(cell),
      resultName: lastExpressionVar ?? USING_RESULT,
      files: sideOutputs.map(({ path, data }) => ({ path, code: takeSourceMaps(data) })),
      // The converter adds the line again for each cell; the types are there without it.
      declarations: declOutput.replaceAll('/// <reference types="node" />\n', ""),
    };
  }

  /**
   * Let later cells see what a cell declares.
   *
   * @param hasRun whether the cell came to give a name its value; of others, what was declared before stays
   */
  adopt(cell: CompiledCell, hasRun?: (name: string) => boolean): void {
    if (!hasRun) {
      this.#declarations = cell.declarations;
      return;
    }
    const isNew = (name: string | undefined): boolean => name === undefined || hasRun(name);
    const added = selectDeclarations(cell.declarations, isNew);
    this.#declarations = added + selectDeclarations(this.#declarations, (name) => !isNew(name));
  }

  complete(code: string, offset: number): Completion {
    return completionOf(this.#converter.complete(this.#declarations, code, offset));
  }

  inspect(code: string, offset: number): Inspection | undefined {
    for (const place of inspectedOffsets(code, offset)) {
      const info: TypeScript.QuickInfo | undefined = this.#converter.inspect(this.#declarations, code, place);
      if (info) return inspectionOf(info);
    }
    return undefined;
  }
}

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

const sourceReader =
  (cell: string) =>
  (fileName: string | undefined): string =>
    fileName === undefined ? cell : readFileSync(resolve(fileName), "utf8");
