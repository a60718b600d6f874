import type * as TypeScript from "typescript";
import { ts } from "./library";

/** Whether a cell waits outside of any function, by `await`, `for await` or `await using`. */
export function hasTopLevelAwait(code: string): boolean {
  if (!/\bawait\b/.test(code)) return false;
  const waits = (node: TypeScript.Node): boolean => {
    if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node)) return false;
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true;
    if (ts.isVariableDeclarationList(node) && isAwaitUsing(node)) return true;
    return ts.forEachChild(node, waits) ?? false;
  };
  // As a module, where `await` is a keyword.
  return waits(ts.createSourceFile("cell.mts", `export {};\n${code}`, ts.ScriptTarget.Latest));
}

const isAwaitUsing = ({ flags }: TypeScript.VariableDeclarationList): boolean =>
  (flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.AwaitUsing;
