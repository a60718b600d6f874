import { join } from "node:path";
import type * as TypeScript from "typescript";
import type { Completion } from "../interpreter";
import type { OpenCell } from "./languageservice";
import { ts } from "./library";
import { entriesOf } from "./packages";

/**
 * The files and folders that fit the text around a cursor, if that is the text of a string.
 *
 * @param folder where a relative path begins
 */
export function completeFilePath(
  { file, start }: OpenCell,
  code: string,
  offset: number,
  folder: string,
): Completion | undefined {
  const text = textAt(file, start + offset);
  if (text === undefined) return undefined;
  const first = text.getStart(file) + 1 - start;
  const written = text.getText(file);
  const isClosed = written.length > 1 && written.at(-1) === written[0];
  const end = isClosed ? text.end - 1 - start : offset;
  if (offset < first || offset > end) return undefined;
  const typed = code.slice(first, offset);
  const path = typed.slice(0, typed.lastIndexOf("/") + 1);
  const begun = typed.slice(path.length);
  const entries = entriesOf(path.startsWith("/") ? path : join(folder, path))
    .filter(({ name }) => name.startsWith(begun) && (!name.startsWith(".") || begun.startsWith(".")))
    .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const matches = entries.map(({ name, isFolder }) => ({
    name: `${path}${name}${isFolder ? "/" : ""}`,
    kind: isFolder ? "folder" : "file",
  }));
  return { start: first, end, matches };
}

/** The string whose text a position is in. */
function textAt(node: TypeScript.Node, position: number): TypeScript.StringLiteralLike | undefined {
  if (ts.isStringLiteralLike(node)) return node;
  return ts.forEachChild(node, (child) =>
    child.pos < position && position <= child.end ? textAt(child, position) : undefined,
  );
}
