import type * as TypeScript from "typescript";
import type { Editor } from "./editor";
import { ts } from "./library";
import { innermost } from "./node";

/**
 * A column as a list of numbers, `[...column].sort((a, b) => a - b)` or `column[0] + 1`: its values may be bigints or
 * texts for all that TypeScript knows.
 */
export function adviseColumnList(source: string, offset: number, editor: Editor): string[] {
  return editor.look(source, ({ checker, file, start }) => {
    const isColumn = (node: TypeScript.Node): boolean =>
      checker.typeToString(checker.getTypeAtLocation(node)) === "ColumnData";
    const element = innermost(file, start + offset, ts.isElementAccessExpression);
    if (element && isColumn(element.expression)) {
      const { parent } = element;
      const text = `Number(${element.getText(file)})`;
      if (!ts.isBinaryExpression(parent)) return [];
      const [left, right] = [parent.left, parent.right].map((each) =>
        each === element ? text : each.getText(file),
      );
      return [`Write ${left} ${parent.operatorToken.getText(file)} ${right}`];
    }
    const call = innermost(
      file,
      start + offset,
      (node): node is TypeScript.CallExpression =>
        ts.isCallExpression(node) && listOf(node, isColumn) !== undefined,
    );
    const list = call && listOf(call, isColumn);
    if (!call || !list) return [];
    return [`Write Array.from(${list.column.getText(file)}, Number)${file.text.slice(list.end, call.end)}`];
  });
}

/** The column whose values are the list that a method is called of, and where that list ends. */
function listOf({ expression }: TypeScript.CallExpression, isColumn: (node: TypeScript.Node) => boolean) {
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  const { expression: list } = expression;
  const [element] = ts.isArrayLiteralExpression(list) && list.elements.length === 1 ? list.elements : [];
  const column = element && ts.isSpreadElement(element) ? element.expression : list;
  return isColumn(column) ? { column, end: list.end } : undefined;
}
