import type * as TypeScript from "typescript";
import { ts } from "./library";

/** A cell's syntax, apart from any program. */
export const parsed = (source: string): TypeScript.SourceFile =>
  ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest, true);

/** The innermost node of a kind that has a position in it. */
export function innermost<T extends TypeScript.Node>(
  node: TypeScript.Node,
  position: number,
  is: (node: TypeScript.Node) => node is T,
): T | undefined {
  const inner = ts.forEachChild(node, (child) =>
    child.pos <= position && position < child.end ? innermost(child, position, is) : undefined,
  );
  return inner ?? (is(node) ? node : undefined);
}
