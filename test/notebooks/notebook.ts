import { existsSync, readFileSync } from "node:fs";

/** An output of a cell, as the notebook format stores it. */
export interface Output {
  readonly output_type: "display_data" | "execute_result" | "stream" | "error";
  readonly name?: string;
  readonly text?: string | string[];
  readonly data?: Record<string, unknown>;
  readonly metadata?: Record<string, unknown>;
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: string[];
}

/** A cell of a notebook. */
export interface Cell {
  readonly cell_type: "code" | "markdown";
  readonly source: string | string[];
  readonly outputs?: Output[];
  readonly id?: string;
  readonly metadata?: Record<string, unknown>;
  readonly execution_count?: number | null;
}

/** A notebook, as its file stores it. */
export interface Notebook {
  readonly cells: Cell[];
  readonly metadata: Record<string, unknown>;
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

/** A notebook of these cells for the product's kernel, none of them run. */
export function notebookOf(sources: readonly string[]): Notebook {
  return {
    cells: sources.map((source, index) => ({
      cell_type: "code",
      id: `cell-${index}`,
      source,
      metadata: {},
      outputs: [],
      execution_count: null,
    })),
    metadata: {
      kernelspec: { name: "bioengine", display_name: "TypeScript (BioEngine)", language: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** Read a notebook file. */
export function readNotebook(path: string): Notebook {
  if (!existsSync(path)) throw new Error(`There is no notebook ${path}`);
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Read the code cells of a notebook file. */
export const codeCells = (path: string): Cell[] =>
  readNotebook(path).cells.filter((cell) => cell.cell_type === "code");

/** A string of the notebook format, which may be stored as a list of lines. */
export const joined = (text: unknown): string => (Array.isArray(text) ? text.join("") : String(text ?? ""));

/** All bundles that a cell shows, whether as its result or by display calls. */
export const bundles = (cell: Cell | undefined): Record<string, unknown>[] =>
  (cell?.outputs ?? []).flatMap((output) => (output.data ? [output.data] : []));

/** The first bundle of a MIME type that a cell shows: a slow one's bar may come before. */
export const bundleOf = (cell: Cell | undefined, mime: string): Record<string, unknown> | undefined =>
  bundles(cell).find((bundle) => mime in bundle);

/** What a cell prints. */
export const printed = (cell: Cell | undefined): string =>
  (cell?.outputs ?? [])
    .filter((output) => output.output_type === "stream")
    .map((output) => joined(output.text))
    .join("");
