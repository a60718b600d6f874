import type * as TypeScript from "typescript";
import { type ColumnRead, columnLine, columnReadOf } from "./columnread";
import { ts } from "./library";
import { innermost, parsed } from "./node";

/** A condition in brackets, `image[mask.equal(0)]` or `image[mask.equal(0)] = 5`: the call that does it. */
export function adviseCondition(message: string, source: string, offset: number): string[] {
  const file = parsed(source);
  const access = innermost(file, offset, ts.isElementAccessExpression);
  const column = access && firstColumn(access.argumentExpression, access.expression.getText(file));
  if (column) return [`Write ${columnLine(column)}`];
  if (!access || !message.includes('NdArray<"bool">')) {
    return ["No condition goes in brackets: table.filter((row) => row.area > 30), image.greater(30)"];
  }
  const [array, condition] = [access.expression.getText(file), access.argumentExpression.getText(file)];
  const { parent } = access;
  const isSet =
    ts.isBinaryExpression(parent) &&
    parent.left === access &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  if (!isSet) return [`Write extract(${condition}, ${array})`];
  return [`Write const changed = where(${condition}, ${parent.right.getText(file)}, ${array})`];
}

/** The first column of a table in a condition, `table[table.area > 50]`. */
function firstColumn(node: TypeScript.Node, table: string): ColumnRead | undefined {
  return (
    columnReadOf(node, (object) => object.getText() === table) ??
    ts.forEachChild(node, (child) => firstColumn(child, table))
  );
}
