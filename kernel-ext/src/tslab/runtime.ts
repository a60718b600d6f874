import { runInThisContext } from "node:vm";
import { Run } from "../run";
import { PREPARE } from "./dynamicimport";
import type { ModuleLoader } from "./moduleloader";
import { CHECKPOINT } from "./transformer";

/** How TypeScript exports a name that a cell imports: by a getter, which a later cell could not redefine. */
const exportedImport =
  /^Object\.defineProperty\(exports, "(.+?)", \{ enumerable: true, get: function \(\) \{ return (.+); \} \}\);$/gm;

/** Runs compiled cells and keeps their variables. */
export class Runtime {
  /** A plain object: a variable of another cell, read or written in a loop, must be fast. */
  readonly #variables: Record<string, unknown> = {};
  readonly #modules: ModuleLoader;
  readonly #folder: string;
  /** The variables from before the cell that has not ended well, if it hasn't. */
  #before: Readonly<Record<string, unknown>> | undefined;

  /**
   * @param modules what the cells can import
   * @param folder where they import it from
   */
  constructor(modules: ModuleLoader, folder: string) {
    this.#modules = modules;
    this.#folder = folder;
  }

  /**
   * Run the code of a cell.
   *
   * @param name what stacks call it
   * @returns settles when the cell has ended
   */
  async run(code: string, name: string, isAsync: boolean): Promise<void> {
    const preparation = this.#modules.prepare(this.#folder, code);
    if (preparation) Run.checkpoint()(await preparation);
    const head = `(${isAsync ? "async " : ""}function (exports, require, ${PREPARE}, ${CHECKPOINT}) {`;
    const body = code.replace(exportedImport, "exports.$1 = $2;");
    const cell = runInThisContext(`${head}\n${body}\n})`, { filename: name, lineOffset: -1 });
    this.#restore();
    this.#before = { ...this.#variables };
    const load = this.#modules.requireFrom(this.#folder);
    await cell(this.#variables, load, this.#modules.prepareFrom(this.#folder), Run.checkpoint);
    this.#before = undefined;
  }

  /** Take a variable out. */
  take(name: string): unknown {
    const value = this.#variables[name];
    delete this.#variables[name];
    return value;
  }

  /**
   * Give variables their values back that a cell meant to declare anew and, failing before, left undefined.
   *
   * Done before the next cell, as one that was cut off has no end.
   */
  #restore(): void {
    for (const [name, value] of Object.entries(this.#before ?? {})) {
      if (this.#variables[name] === undefined) this.#variables[name] = value;
    }
  }
}
