import { relative } from "node:path";
import type { Completeness, Completion, Failure, Inspection, Interpreter } from "../interpreter";
import { Sources } from "../sources";
import { writeStacks } from "../stacktrace";
import { explainThrown } from "../traceback";
import { type CompiledCell, Compiler } from "./compiler";
import { completenessOf } from "./completeness";
import { TypeScriptError } from "./diagnostic";
import { ModuleLoader } from "./moduleloader";
import { Runtime } from "./runtime";
import { adviceForThrown } from "./thrownadvice";

/** Does work that must not be cut off in the middle. */
export type Shield = <T>(work: () => T) => T;

/** How long nothing comes before the kernel gets ready for the first cell, in ms. */
const IDLE_MS = 50;

/** Cells with tslab's meaning: typed across cells, each variable open to redeclaration. */
export class TslabInterpreter implements Interpreter {
  readonly #folder: string;
  readonly #shield: Shield;
  readonly #compiler = new Compiler();
  readonly #modules = new ModuleLoader();
  readonly #sources = new Sources();
  readonly #runtime: Runtime;
  #isWarm = false;
  /** The latest cell, unless it ended well. */
  #unfinished: CompiledCell | undefined;

  /**
   * @param folder where cells import from: the working directory
   * @param shield keeps the compiler whole when a cell is interrupted
   */
  constructor(folder: string, shield: Shield) {
    this.#folder = folder;
    this.#shield = shield;
    writeStacks(this.#sources);
    this.#runtime = new Runtime(this.#modules, folder);
    setTimeout(() => this.#warmUp(), IDLE_MS).unref();
  }

  async execute(code: string, name: string): Promise<unknown> {
    this.#isWarm = true;
    this.#adoptUnfinished();
    let cell: CompiledCell;
    try {
      cell = this.#shield(() => this.#compiler.compile(code, name));
    } catch (error) {
      await this.#import(code, name);
      throw error;
    }
    return this.#run(cell);
  }

  async #run(cell: CompiledCell): Promise<unknown> {
    this.#setFiles(cell);
    if (!cell.code) {
      this.#compiler.adopt(cell);
      return undefined;
    }
    const { name, text } = cell;
    const compiledName = `${name}.js`;
    this.#sources.set(compiledName, { name, text, origin: cell.code.origin });
    this.#unfinished = cell;
    const result = await this.#runtime.run({ ...cell, code: cell.code.text }, compiledName, name);
    // Another one may run by now, if this one was interrupted.
    if (this.#unfinished === cell) {
      this.#unfinished = undefined;
      this.#compiler.adopt(cell);
    }
    return result;
  }

  /** Make the imports of a cell that was refused: later cells need them, and they do no harm. */
  async #import(code: string, name: string): Promise<void> {
    const cell = this.#shield(() => this.#compiler.compileImports(code, name));
    if (!cell) return;
    try {
      await this.#run(cell);
    } catch {
      // The cell has an error of its own to show; what a module fails at comes when the cell is mended.
    }
  }

  complete(code: string, offset: number): Completion {
    this.#adoptUnfinished();
    return this.#shield(() => this.#compiler.editor.complete(code, offset));
  }

  inspect(code: string, offset: number, isDetailed: boolean): Inspection | undefined {
    this.#adoptUnfinished();
    return this.#shield(() => this.#compiler.editor.inspect(code, offset, isDetailed));
  }

  completeness(code: string): Completeness {
    return completenessOf(code);
  }

  explain(error: unknown): Failure {
    if (!(error instanceof TypeScriptError)) {
      return explainThrown(error, this.#sources, (message) =>
        this.#shield(() => adviceForThrown(message, this.#runtime, this.#compiler.editor)),
      );
    }
    return { ename: error.name, evalue: error.message, traceback: error.traceback };
  }

  /**
   * Let later cells see what the latest one did before it failed.
   *
   * Done when they look, as a cell that was cut off has no end.
   */
  #adoptUnfinished(): void {
    const cell = this.#unfinished;
    this.#unfinished = undefined;
    if (!cell) return;
    this.#compiler.adopt(cell, (name) => !this.#runtime.isUnassigned(name));
    this.#compiler.editor.reject(cell.text, cell.name);
  }

  /** Check something, so that the libraries' types are there when the first cell comes; a cell that is there is first. */
  #warmUp(): void {
    if (!this.#isWarm) this.#shield(() => this.#compiler.compile("0", "warm-up"));
  }

  #setFiles({ files }: CompiledCell): void {
    for (const { path, code } of files) {
      this.#modules.setFile(path, code.text);
      const text = this.#compiler.sourceOf(path);
      if (text === undefined) continue;
      const name = relative(this.#folder, path).replace(/\.js$/, ".ts");
      this.#sources.set(path, { name, text, origin: code.origin });
    }
  }
}
