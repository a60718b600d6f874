import type * as TypeScript from "typescript";
import { adviseColumnOperator } from "./columnoperator";
import type { Editor } from "./editor";
import { ts } from "./library";
import { innermost, parsed } from "./node";

/** Methods that arrays and the like have in place of operators, which TypeScript can't overload. */
export const methods: ReadonlyMap<TypeScript.SyntaxKind, string> = new Map<TypeScript.SyntaxKind, string>([
  [ts.SyntaxKind.PlusToken, "add"],
  [ts.SyntaxKind.MinusToken, "subtract"],
  [ts.SyntaxKind.AsteriskToken, "multiply"],
  [ts.SyntaxKind.SlashToken, "divide"],
  [ts.SyntaxKind.AmpersandToken, "logicalAnd"],
  [ts.SyntaxKind.BarToken, "logicalOr"],
  [ts.SyntaxKind.GreaterThanToken, "greater"],
  [ts.SyntaxKind.GreaterThanEqualsToken, "greaterEqual"],
  [ts.SyntaxKind.LessThanToken, "less"],
  [ts.SyntaxKind.LessThanEqualsToken, "lessEqual"],
  [ts.SyntaxKind.AsteriskAsteriskToken, "power"],
  [ts.SyntaxKind.ExclamationEqualsToken, "notEqual"],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, "notEqual"],
  // Of masks: what is in one of them alone.
  [ts.SyntaxKind.CaretToken, "notEqual"],
  [ts.SyntaxKind.EqualsEqualsToken, "equal"],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, "equal"],
]);
const comparisons: readonly TypeScript.SyntaxKind[] = [
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
];
/** What a method is called when its operands change places. */
export const swapped: Readonly<Record<string, string>> = {
  ...{ add: "add", multiply: "multiply", equal: "equal", notEqual: "notEqual" },
  ...{ logicalAnd: "logicalAnd", logicalOr: "logicalOr" },
  ...{ greater: "less", less: "greater", greaterEqual: "lessEqual", lessEqual: "greaterEqual" },
};

/** The call that does what an operator around a position was meant to do. */
export function adviseOperator(source: string, position: number, editor: Editor): string[] {
  const file = parsed(source);
  const found = innermost(file, position, ts.isBinaryExpression);
  const method = found && methods.get(found.operatorToken.kind);
  if (!found || method === undefined) return [];
  const { left, right } = found;
  const isUncalled = ({ end }: TypeScript.Node): boolean =>
    editor.membersAt(`${source.slice(0, end)}.${source.slice(end)}`, end + 1).includes("bind");
  const uncalled = [left, right].find(isUncalled);
  if (uncalled) return [`It is a method: ${uncalled.getText(file)}()`];
  const hasMethod = ({ end }: TypeScript.Node): boolean =>
    editor.membersAt(`${source.slice(0, end)}.${source.slice(end)}`, end + 1).includes(method);
  const between = betweenOf(found);
  if (between) {
    const [low, value, high] = between.operands.map((node) => node.getText(file));
    const [first, second] = between.operators.map((node) => node.getText(file));
    const isNumber = between.operands.every((node) => !hasMethod(node));
    if (isNumber) return [`Compare twice: ${low} ${first} ${value} && ${value} ${second} ${high}`];
    if (first?.startsWith("<") && second?.startsWith("<")) {
      const above = `${value}.${first === "<" ? "greater" : "greaterEqual"}(${low})`;
      const below = `${value}.${second === "<" ? "less" : "lessEqual"}(${high})`;
      return [`There are no operators for it: ${above}.logicalAnd(${below})`];
    }
  }
  const call = (object: TypeScript.Expression, name: string, other: TypeScript.Expression): string[] => {
    const text = object.getText(file);
    const whole = ts.isLeftHandSideExpression(object) ? text : `(${text})`;
    return [`There are no operators for it: ${whole}.${name}(${other.getText(file)})`];
  };
  if (hasMethod(left)) return call(left, method, right);
  const other = Object.hasOwn(swapped, method) ? swapped[method] : undefined;
  if (other !== undefined && hasMethod(right)) return call(right, other, left);
  return adviseColumnOperator(source, position, editor);
}

/** The parts of `100 < area < 300`, which Python takes for two comparisons, by the inner one. */
function betweenOf(
  inner: TypeScript.BinaryExpression,
): { operands: TypeScript.Expression[]; operators: TypeScript.Node[] } | undefined {
  const outer = ts.isBinaryExpression(inner.parent) && inner.parent.left === inner ? inner.parent : inner;
  const { left, operatorToken, right } = outer;
  const isBetween =
    ts.isBinaryExpression(left) &&
    comparisons.includes(left.operatorToken.kind) &&
    comparisons.includes(operatorToken.kind);
  return isBetween
    ? { operands: [left.left, left.right, right], operators: [left.operatorToken, operatorToken] }
    : undefined;
}
