import type { Editor } from "./editor";
import { ts } from "./library";
import { innermost } from "./node";

/** A call that lacks arguments, `readRois("cells.zip")`: the line with their names. */
export function adviseMissingArgument(
  message: string,
  source: string,
  offset: number,
  editor: Editor,
): string[] {
  const [, wanted, given] = /^Expected (\d+)(?:-\d+)? arguments?, but got (\d+)/.exec(message) ?? [];
  if (wanted === undefined || Number(given) >= Number(wanted)) return [];
  return editor.look(source, ({ checker, file, start }) => {
    const call = innermost(file, start + offset, ts.isCallExpression);
    const parameters = call && checker.getResolvedSignature(call)?.getParameters().slice(0, Number(wanted));
    if (!parameters || start + offset >= call.expression.end) return [];
    const names = parameters.map(({ name }) => (name === "shape" ? "image.shape" : name));
    if (names.some((name) => name.startsWith("__"))) return [];
    const values = call.arguments.map((argument) => argument.getText(file));
    const line = [...values, ...names.slice(values.length)].join(", ");
    return [
      `It needs ${names.slice(values.length).join(" and ")}: ${call.expression.getText(file)}(${line})`,
    ];
  });
}
