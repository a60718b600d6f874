/** How a cell failed, as Jupyter wants it. */
export interface Failure {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** Names that fit at a position; offsets in UTF-16 units. */
export interface Completion {
  /** Where the text starts that a name replaces. */
  readonly start: number;
  readonly end: number;
  readonly matches: readonly CompletionMatch[];
}

/** A name that fits. */
export interface CompletionMatch {
  readonly name: string;
  /** TypeScript's word for what it is, e.g. `function`. */
  readonly kind: string;
  /** Its type, or how it is called, where that is cheap to know. */
  readonly signature?: string;
}

/** What is known about a name. */
export interface Inspection {
  /** TypeScript that declares it. */
  readonly signature: string;
  /** Markdown. */
  readonly documentation: string;
  /** The TypeScript that defines it, if it was asked for and is known. */
  readonly source?: string;
}

/** Whether a text is a cell that can run. */
export type Completeness =
  | { readonly status: "complete" | "invalid" }
  | { readonly status: "incomplete"; readonly indent: string };

/** Runs cells of a language: all that the kernel knows of it. */
export interface Interpreter {
  /**
   * Run a cell.
   *
   * @param code the cell
   * @param name what tracebacks call it, e.g. `Cell [3]`
   * @returns the value of its last expression, `undefined` if there is none
   */
  execute(code: string, name: string): Promise<unknown>;
  complete(code: string, offset: number): Completion;
  /** @param isDetailed asks for the source as well */
  inspect(code: string, offset: number, isDetailed: boolean): Inspection | undefined;
  completeness(code: string): Completeness;
  /** Explain what `execute` threw. */
  explain(error: unknown): Failure;
}
