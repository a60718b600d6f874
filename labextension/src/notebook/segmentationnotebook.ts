import { fillFields, type Snippet, snippets } from "@bioengine/codex";
import type { INotebookContent } from "@jupyterlab/nbformat";
import { withoutKnownImports } from "./imports";

/** A kernel, as a notebook names it. */
export interface KernelName {
  readonly name: string;
  readonly display_name: string;
  readonly language: string;
}

/**
 * The cells that read an image, segment it and measure what was found.
 *
 * @param path of the image, from the notebook's folder
 */
export function segmentationCells(path: string): string[] {
  const read = snippet("Read an image");
  const cells = [
    fillFields(read.code, read.fields, [JSON.stringify(path)]),
    snippet("Segment an image").code,
    snippet("Measure the objects").code,
  ];
  return cells.map((cell, index) => withoutKnownImports(cell, cells.slice(0, index)));
}

/**
 * A notebook of `segmentationCells`.
 *
 * @param path see `segmentationCells`
 * @param kernel the TypeScript kernel that runs it
 */
export function segmentationNotebook(path: string, kernel: KernelName): INotebookContent {
  const { name, display_name, language } = kernel;
  return {
    cells: segmentationCells(path).map((source) => ({
      cell_type: "code",
      source,
      metadata: {},
      execution_count: null,
      outputs: [],
    })),
    metadata: { kernelspec: { name, display_name, language } },
    nbformat: 4,
    nbformat_minor: 4,
  };
}

function snippet(title: string): Snippet {
  const found = snippets.find((candidate) => candidate.title === title);
  if (!found) throw new RangeError(`Cannot segment an image: there must be a snippet ${title}, got none`);
  return found;
}
