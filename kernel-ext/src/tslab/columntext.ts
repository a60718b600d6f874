import type * as TypeScript from "typescript";
import type { Editor } from "./editor";
import { ts } from "./library";
import { innermost, parsed } from "./node";

/**
 * A cell's text with the columns of tables, `table["area"]` or `table.area`, in a call's arguments as they are read here.
 *
 * @param offset of what is called; the text up to it stays as it is
 */
export function withColumns(source: string, offset: number, editor: Editor): string {
  const call = innermost(parsed(source), offset, ts.isCallExpression);
  if (!call) return source;
  const columns: { start: number; end: number; text: string }[] = [];
  const visit = (node: TypeScript.Node): void => {
    const column = columnIn(node);
    const table = column?.table.end;
    const members =
      table === undefined
        ? []
        : editor.membersAt(`${source.slice(0, table)}.${source.slice(table)}`, table + 1);
    if (column && members.includes("rowCount") && !members.includes(column.name)) {
      const text = `${column.table.getText()}.column(${JSON.stringify(column.name)})`;
      columns.unshift({ start: node.getStart(), end: node.end, text });
    } else {
      ts.forEachChild(node, visit);
    }
  };
  for (const argument of call.arguments) visit(argument);
  return columns.reduce((text, each) => text.slice(0, each.start) + each.text + text.slice(each.end), source);
}

/** What may be a table and its column's name. */
function columnIn(node: TypeScript.Node): { table: TypeScript.Node; name: string } | undefined {
  if (ts.isPropertyAccessExpression(node)) return { table: node.expression, name: node.name.text };
  const isNamed = ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression);
  return isNamed ? { table: node.expression, name: node.argumentExpression.text } : undefined;
}
