import type { ICellModel } from "@jupyterlab/cells";

const KEY = "bioengine";

/** What a cell's metadata say of the code model that wrote it. */
export interface Writing {
  readonly model: string;
  /** What the person asked for. */
  readonly request: string;
  /** What it took the place of; left out in a new cell. */
  readonly replaced?: Replaced;
}

/** Code that was replaced, and who had written that if it was a code model, too. */
export interface Replaced {
  readonly code: string;
  readonly codeModel?: Writing;
}

/** Who wrote a cell; null if no code model did. */
export const writingOf = (cell: ICellModel): Writing | null => writingIn(cell.getMetadata(KEY));

/** Say in a cell's metadata who wrote it; null takes that away. */
export function setWriting(cell: ICellModel, writing: Writing | null): void {
  if (writing) cell.setMetadata(KEY, { codeModel: writing });
  else cell.deleteMetadata(KEY);
}

/** Anybody can have written a notebook's metadata. */
function writingIn(metadata: unknown): Writing | null {
  const writing = field(metadata, "codeModel");
  const [model, request] = [field(writing, "model"), field(writing, "request")];
  if (typeof model !== "string" || typeof request !== "string") return null;
  const replaced = field(writing, "replaced");
  const code = field(replaced, "code");
  if (typeof code !== "string") return { model, request };
  const codeModel = writingIn(replaced);
  return { model, request, replaced: { code, ...(codeModel && { codeModel }) } };
}

const field = (value: unknown, name: string): unknown => Reflect.get(Object(value), name);
