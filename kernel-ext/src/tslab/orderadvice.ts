import type * as TypeScript from "typescript";
import { argumentAt } from "./callargument";
import { ts } from "./library";
import { innermost, parsed } from "./node";

/**
 * The order of a table's rows as a word, `table.sort("area", "desc")`, or as a truth value.
 *
 * Whoever writes one asks for the other order than that without it: `true` is descending, `false` is not ascending.
 */
export function adviseOrder(message: string, source: string, position: number): string[] {
  const [, order] = /^Type '"?(asc|desc|true|false)\w*"?' has no properties in common/i.exec(message) ?? [];
  const call = order === undefined ? undefined : innermost(parsed(source), position, ts.isCallExpression);
  const [columns] = call?.arguments ?? [];
  if (!call || !columns || order === undefined || !/\.sort$/.test(call.expression.getText())) return [];
  const options = order.toLowerCase() === "asc" ? "" : ", { descending: true }";
  return [`Write ${call.expression.getText()}(${columns.getText()}${options})`];
}

/** A list's way to sort, `table.sort((a, b) => b.area - a.area)` or `table.sort((row) => row.area)`: by the column. */
export function adviseSortFunction(message: string, source: string, offset: number): string[] {
  if (!/^Argument of type '\(.*=> .*' is not assignable to parameter of type 'string \|/.test(message))
    return [];
  const found = argumentAt(parsed(source), offset);
  if (!found || !ts.isArrowFunction(found.argument) || !found.call.expression.getText().endsWith(".sort"))
    return [];
  const { parameters, body } = found.argument;
  const [one, other] = parameters.map(({ name }) => name.getText());
  const [left, right] = ts.isBinaryExpression(body) ? [body.left, body.right] : [body];
  const [first, second] = [columnOf(left), right && columnOf(right)];
  const isOfBoth = second !== undefined && first?.name === second.name && first.row !== second.row;
  if (!first || (other === undefined ? right !== undefined : !isOfBoth)) return [];
  const isDescending = other === undefined ? first.isNegative : first.row !== one;
  const options = isDescending ? ", { descending: true }" : "";
  return [`Write ${found.call.expression.getText()}(${JSON.stringify(first.name)}${options})`];
}

/** The column that is read of a row, `row.area` or `-row["area"]`. */
function columnOf(node: TypeScript.Node): { row: string; name: string; isNegative: boolean } | undefined {
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    const column = columnOf(node.operand);
    return column && { ...column, isNegative: true };
  }
  if (ts.isPropertyAccessExpression(node))
    return { row: node.expression.getText(), name: node.name.text, isNegative: false };
  const isNamed = ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression);
  return isNamed
    ? { row: node.expression.getText(), name: node.argumentExpression.text, isNegative: false }
    : undefined;
}
