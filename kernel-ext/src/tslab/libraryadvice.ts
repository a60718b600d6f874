import type * as TypeScript from "typescript";
import { callText } from "./calltext";
import type { Editor } from "./editor";
import { ts } from "./library";
import { innermost, parsed } from "./node";
import { builtinCall, type Kind } from "./pythonbuiltin";
import { isOfLibrary, libraryCall } from "./pythonlibrary";

/**
 * A function of Python itself or of its standard library, `len(table)` or `os.listdir("data")`: what does the same.
 *
 * @param source with the call's arguments as TypeScript has them
 */
export function adviseLibrary(name: string, source: string, offset: number, editor: Editor): string[] {
  const file = parsed(source);
  const isAt = (node: TypeScript.Node): boolean => node.getStart(file) === offset;
  const call = innermost(
    file,
    offset,
    (node): node is TypeScript.CallExpression => ts.isCallExpression(node) && isAt(node),
  );
  if (isOfLibrary(name)) {
    const whole = outermost(call ?? innermost(file, offset, ts.isPropertyAccessExpression));
    const text = whole && ts.isCallExpression(whole) ? callText(whole, file) : undefined;
    const written = whole && libraryCall(whole.getText(file), text);
    if (written !== undefined) return [`In TypeScript: ${written}`];
  }
  if (!call) return [];
  const kindOf = (): Kind => {
    const end = call.arguments[0]?.end ?? 0;
    return kindWith(editor.membersAt(`${source.slice(0, end)}.${source.slice(end)}`, end + 1));
  };
  const written = builtinCall(callText(call, file), kindOf);
  return written === undefined ? [] : [`In TypeScript: ${written}`];
}

function kindWith(members: readonly string[]): Kind {
  if (members.includes("rowCount")) return "table";
  if (members.includes("logicalNot")) return "array";
  if (members.includes("toFixed")) return "number";
  return members.includes("length") ? "list" : "unknown";
}

/** The chain of members and calls that a node starts. */
function outermost(node: TypeScript.Node | undefined): TypeScript.Node | undefined {
  const parent = node?.parent;
  const isStart =
    parent &&
    (ts.isPropertyAccessExpression(parent) || ts.isCallExpression(parent)) &&
    parent.expression === node;
  return isStart ? outermost(parent) : node;
}
