import { ts } from "./library";
import { innermost, parsed } from "./node";

/** A condition in brackets, `image[mask.equal(0)]` or `image[mask.equal(0)] = 5`: the call that does it. */
export function adviseCondition(message: string, source: string, offset: number): string[] {
  const file = parsed(source);
  const access = innermost(file, offset, ts.isElementAccessExpression);
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
