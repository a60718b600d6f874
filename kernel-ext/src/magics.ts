import { inspect } from "node:util";
import type { Displays } from "./displays";
import { installPackages } from "./installpackages";
import type { Completion } from "./interpreter";
import type { Output } from "./output";

/** What a cell that begins with `%%name` is, as a whole. */
const cellTypes: Readonly<Record<string, string>> = {
  html: "text/html",
  javascript: "application/javascript",
  latex: "text/latex",
  markdown: "text/markdown",
  svg: "image/svg+xml",
};

const names = ["%install", "%tb", ...Object.keys(cellTypes).map((name) => `%%${name}`)];
const shellAdvice =
  'run a program with import { execSync } from "node:child_process"; console.log(execSync("ls", { encoding: "utf8" }))';

/** What to write instead of what users know from Python's notebooks. */
const advices: Readonly<Record<string, string>> = {
  "%pip": "install packages with %install, e.g. %install lodash",
  "%conda": "install packages with %install, e.g. %install lodash",
  "%npm": "install packages with %install, e.g. %install lodash",
  "%time": 'measure with console.time("name") and console.timeEnd("name")',
  "%%time": 'measure with console.time("name") and console.timeEnd("name")',
  "%cd": 'change the folder with process.chdir("folder")',
  "%ls": shellAdvice,
  "%%bash": shellAdvice,
  "%%sh": shellAdvice,
  "%%script": shellAdvice,
};

/** The lines of cells that are for the kernel itself, as no TypeScript can begin with `%`. */
export class Magics {
  readonly #output: Output;
  readonly #displays: Displays;
  readonly #interrupts: EventTarget;

  constructor(output: Output, displays: Displays, interrupts: EventTarget) {
    this.#output = output;
    this.#displays = displays;
    this.#interrupts = interrupts;
  }

  /**
   * Do what the cell's first lines say.
   *
   * @param lastError what a cell failed with last, which `%tb` shows in full
   * @returns the rest of the cell, its lines where they were
   * @throws {SyntaxError} if there is no such magic; names those there are
   */
  async run(cell: string, lastError: unknown): Promise<string> {
    if (!isMagic(cell)) return cell;
    const lines = cell.split("\n");
    for (const [index, line] of lines.entries()) {
      const [, percents = "", name = "", text = ""] = /^\s*(%%?)(\w*)\s*(.*)$/.exec(line) ?? [];
      if (percents === "" && line.trim() !== "") break;
      if (percents === "%%") {
        await this.#show(name, lines.slice(index + 1).join("\n"));
        return "";
      }
      if (percents === "%" && name === "tb") {
        this.#output.write(
          "stdout",
          `${lastError === undefined ? "No cell has failed" : inspect(lastError)}\n`,
        );
      } else if (percents === "%") await this.#do(name, text.split(/\s+/).filter(Boolean));
      lines[index] = "";
    }
    return lines.join("\n");
  }

  async #show(name: string, content: string): Promise<void> {
    const type = cellTypes[name];
    if (type === undefined) throw unknown(`%%${name}`);
    await this.#displays.show({ [type]: content }, { raw: true });
  }

  async #do(name: string, parts: readonly string[]): Promise<void> {
    if (name !== "install") throw unknown(`%${name}`);
    const wrong = parts.find((part) => part.startsWith("-"));
    if (parts.length === 0 || wrong !== undefined) {
      throw new SyntaxError(
        `Cannot install: %install must have names of packages, got ${wrong ?? "none"}; write e.g. %install lodash@4`,
      );
    }
    const stop = new AbortController();
    const abort = (): void => stop.abort();
    this.#interrupts.addEventListener("interrupt", abort);
    try {
      const write = (text: string): void => this.#output.write("stdout", text);
      await installPackages(parts, process.cwd(), write, stop.signal);
    } finally {
      this.#interrupts.removeEventListener("interrupt", abort);
    }
  }
}

/**
 * The magics that fit at an offset of a cell.
 *
 * @returns undefined if no magic can be there
 */
export function completeMagic(cell: string, offset: number): Completion | undefined {
  const line = cell.slice(0, offset).split("\n").at(-1) ?? "";
  if (!isMagic(cell) || !/^%%?\w*$/.test(line)) return undefined;
  const matches = names.filter((name) => name.startsWith(line)).map((name) => ({ name, kind: "magic" }));
  return { start: offset - line.length, end: offset, matches };
}

/** Whether a cell begins with what is for the kernel itself. */
export const isMagic = (cell: string): boolean => /^\s*%/.test(cell);

/**
 * What to tell the user of a cell that TypeScript doesn't understand, if it is a command of Python's notebooks.
 *
 * Only then: `!ready` is TypeScript.
 */
export function commandError(cell: string): SyntaxError | undefined {
  const [, command] = /^\s*!\s*(\w.*)/.exec(cell) ?? [];
  if (command === undefined) return undefined;
  const advice = /^(pip|conda|npm)\s/.test(command) ? advices["%pip"] : shellAdvice;
  return new SyntaxError(`Cannot run "!${command}": a cell must be TypeScript, got a command; ${advice}`);
}

function unknown(name: string): SyntaxError {
  const advice = advices[name];
  return new SyntaxError(
    `Cannot run ${name}: a magic must be one of ${names.join(", ")}, got ${name}${advice ? `; ${advice}` : ""}`,
  );
}
