import type * as TypeScript from "typescript";
import { arrayCall } from "./arraycall";
import { writtenOf } from "./arraylogic";
import { callText } from "./calltext";
import { withColumns } from "./columntext";
import type { Editor } from "./editor";
import { ts } from "./library";
import { innermost } from "./node";

/** What an advice of one expression is made of: an import, which the whole line has, and the expression. */
const written = /^In TypeScript: (?:import \{ [\w, ]+ \} from "bioengine"; )?(?!import |const )([^…]+)$/;

/**
 * A cell's text with the arguments of a call as TypeScript has them: columns, arrays' operators, conditions in brackets
 * and calls of Python's.
 *
 * @param offset of what is called; the text up to it stays as it is
 * @param adviseCall what a call of a name at an offset is
 */
export function withWrittenArguments(
  source: string,
  offset: number,
  editor: Editor,
  adviseCall: (name: string, source: string, offset: number) => string[],
): string {
  const text = withColumns(source, offset, editor);
  const [result = text] = editor.look(text, ({ checker, file, start }) => {
    const call = innermost(file, start + offset, ts.isCallExpression);
    if (!call) return [];
    const parts: { start: number; end: number; text: string }[] = [];
    const textOf = (node: TypeScript.Node): string | undefined => {
      if (ts.isBinaryExpression(node) || ts.isPrefixUnaryExpression(node)) {
        const array = writtenOf(node, checker);
        return array.isArray ? array.text : undefined;
      }
      if (ts.isElementAccessExpression(node)) {
        const condition = writtenOf(node.argumentExpression, checker);
        return condition.isArray ? `extract(${condition.text}, ${node.expression.getText(file)})` : undefined;
      }
      if (!ts.isCallExpression(node)) return undefined;
      const method = ts.isPropertyAccessExpression(node.expression) ? node.expression : undefined;
      const object = method && checker.getTypeAtLocation(method.expression);
      if (method && object?.getProperty("logicalNot") && !object.getProperty(method.name.text)) {
        const { values } = callText(node, file);
        return arrayCall(method.name.text, method.expression.getText(file), values);
      }
      const [name = ""] = /^[\w$]+/.exec(node.getText(file)) ?? [];
      const isKnown = checker.getSymbolAtLocation(innermostName(node.expression)) !== undefined;
      const [advice = ""] = isKnown ? [] : adviseCall(name, text, node.getStart(file) - start);
      return written.exec(advice)?.[1];
    };
    const visit = (node: TypeScript.Node): void => {
      const changed = textOf(node);
      if (changed === undefined) return void ts.forEachChild(node, visit);
      parts.unshift({ start: node.getStart(file) - start, end: node.end - start, text: changed });
    };
    for (const argument of call.arguments) visit(argument);
    return [
      parts.reduce((whole, part) => whole.slice(0, part.start) + part.text + whole.slice(part.end), text),
    ];
  });
  return result;
}

/** The name that a chain of members and calls starts with. */
function innermostName(node: TypeScript.Expression): TypeScript.Expression {
  return ts.isPropertyAccessExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isElementAccessExpression(node)
    ? innermostName(node.expression)
    : node;
}
