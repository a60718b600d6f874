import { runInThisContext } from "node:vm";
import { Run } from "../run";
import { CHECKPOINT } from "./transformer";

/** How TypeScript exports a name that a cell imports: by a getter, which a later cell could not redefine. */
const exportedImport =
  /^Object\.defineProperty\(exports, "(.+?)", \{ enumerable: true, get: function \(\) \{ return (.+); \} \}\);$/gm;

/** Runs compiled cells and keeps their variables. */
export class Runtime {
  /** A plain object: a variable of another cell, read or written in a loop, must be fast. */
  readonly #variables: Record<string, unknown> = {};
  readonly #require: NodeJS.Require;
  /** The variables from before the cell that has not ended well, if it hasn't. */
  #before: Readonly<Record<string, unknown>> | undefined;

  /** @param requireModule what the cells' imports call */
  constructor(requireModule: NodeJS.Require) {
    this.#require = requireModule;
  }

  /**
   * Run the code of a cell.
   *
   * @param name what stacks call it
   * @returns settles when the cell has ended
   */
  async run(code: string, name: string, isAsync: boolean): Promise<void> {
    const head = `(${isAsync ? "async " : ""}function (exports, require, ${CHECKPOINT}) {`;
    const body = code.replace(exportedImport, "exports.$1 = $2;");
    const cell = runInThisContext(`${head}\n${body}\n})`, { filename: name, lineOffset: -1 });
    this.#restore();
    this.#before = { ...this.#variables };
    await cell(this.#variables, this.#require, Run.checkpoint);
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
