import { runInThisContext } from "node:vm";
import { Run } from "../run";
import { PREPARE } from "./dynamicimport";
import type { ModuleLoader } from "./moduleloader";
import { CHECKPOINT } from "./transformer";

/** How TypeScript exports a name that a cell imports: by a getter, which a later cell could not redefine. */
const exportedImport =
  /^Object\.defineProperty\(exports, "(.+?)", \{ enumerable: true, get: function \(\) \{ return (.+); \} \}\);$/gm;

/** How TypeScript starts: all that a cell declares is undefined first, except functions. */
const exportedNames =
  /(?<=^Object\.defineProperty\(exports, "__esModule", \{ value: true \}\);\n)(?:(?:exports\.\S+ = )+void 0;\n)+/m;

/** What of a compiled cell is run. */
export interface RunnableCell {
  /** The body of a function of `exports`, `require` and what the compiler has put in. */
  readonly code: string;
  readonly isAsync: boolean;
  /** Which export has the value of the last expression, if there is one. */
  readonly resultName: string;
}

/** Runs compiled cells and keeps their variables. */
export class Runtime {
  /** A plain object: a variable of another cell, read or written in a loop, must be fast. */
  readonly #variables: Record<string, unknown> = {};
  readonly #modules: ModuleLoader;
  readonly #folder: string;
  /** What the latest cell is to give values to, with the values from before it. */
  #before: ReadonlyMap<string, unknown> = new Map();

  /**
   * @param modules what the cells can import
   * @param folder where they import it from
   */
  constructor(modules: ModuleLoader, folder: string) {
    this.#modules = modules;
    this.#folder = folder;
  }

  /**
   * Run a cell. A variable keeps the value that it had until the cell gives it another.
   *
   * @param compiledName what stacks call the cell's compiled text
   * @param name what stacks call the cell's own text, where it waits
   * @returns the value of its last expression, when it has ended
   */
  async run(
    { code, isAsync, resultName }: RunnableCell,
    compiledName: string,
    name: string,
  ): Promise<unknown> {
    const preparation = this.#modules.prepare(this.#folder, code);
    if (preparation) {
      const { pass } = Run;
      pass(await preparation);
    }
    const head = `(${isAsync ? "async " : ""}function (exports, require, ${PREPARE}, ${CHECKPOINT}) {`;
    const body = code
      .replace(exportedNames, (names) => {
        this.#expect(names);
        return names.replace(/.+/g, "");
      })
      .replace(exportedImport, "exports.$1 = $2;");
    const cell = runInThisContext(`${head}\n${body}\n})`, { filename: compiledName, lineOffset: -1 });
    this.#take(resultName);
    const load = this.#modules.requireFrom(this.#folder);
    await cell(this.#variables, load, this.#modules.prepareFrom(this.#folder), Run.checkpointOf(name));
    return this.#take(resultName);
  }

  /** Whether a name that the latest cell declares still has no value, or the one from before the cell. */
  isUnassigned(name: string): boolean {
    if (!this.#before.has(name)) return false;
    return !(name in this.#variables) || this.#variables[name] === this.#before.get(name);
  }

  /** The names of all variables. */
  get names(): string[] {
    return Object.keys(this.#variables);
  }

  /** The value of a variable, or of what a path of properties leads to from there; no getter is run. */
  find([name = "", ...path]: readonly string[]): unknown {
    return path.reduce(
      (value: unknown, key) =>
        isObject(value) ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined,
      this.#variables[name],
    );
  }

  #expect(exportedNames: string): void {
    const names = [...exportedNames.matchAll(/exports\.(\S+) = /g)].map(([, name = ""]) => name);
    this.#before = new Map(names.map((name) => [name, this.#variables[name]]));
  }

  #take(name: string): unknown {
    const value = this.#variables[name];
    delete this.#variables[name];
    return value;
  }
}

/** The names of what a value has, inherited ones as well. */
export function membersOf(value: unknown): string[] {
  const names: string[] = [];
  for (let object = value; isObject(object); object = Object.getPrototypeOf(object)) {
    names.push(...Object.getOwnPropertyNames(object));
  }
  return names;
}

const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";
