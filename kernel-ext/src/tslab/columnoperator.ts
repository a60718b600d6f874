import type * as TypeScript from "typescript";
import type { Editor } from "./editor";
import { ts } from "./library";
import { innermost, parsed } from "./node";

/** A table's columns with an operator between them, which TypeScript has for numbers alone: the function of a row. */
export function adviseColumnOperator(source: string, offset: number, editor: Editor): string[] {
  const file = parsed(source);
  let found = innermost(file, offset, ts.isBinaryExpression);
  while (found && isCalculation(found.parent)) found = found.parent;
  if (!found) return [];
  let table: string | undefined;
  const inRow = (node: TypeScript.Expression): string => {
    if (ts.isParenthesizedExpression(node)) return `(${inRow(node.expression)})`;
    if (isCalculation(node)) {
      return `${inRow(node.left)} ${node.operatorToken.getText()} ${inRow(node.right)}`;
    }
    const text = ts.isIdentifier(node) ? definitionOf(node.text, source, editor) : node.getText();
    const [, object, , name] = column.exec(text) ?? [];
    if (object === undefined || name === undefined) return node.getText();
    table = object;
    return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name)
      ? `row.${name}`
      : `row[${JSON.stringify(name)}]`;
  };
  const text = inRow(found);
  if (table === undefined) return [];
  const { parent } = found;
  const isNamed = ts.isCallExpression(parent) && /\.withColumn$/.test(parent.expression.getText());
  if (isComparison(found) && !isNamed) return [`Write ${table}.filter((row) => ${text})`];
  const name = isNamed ? parent.arguments[0]?.getText() : '"ratio"';
  return [`Write ${table}.withColumn(${name}, (row) => ${text})`];
}

/** The values of a table's column, and nothing after them. */
const column = /([\w$.]+)\.(?:column|values)\((["'])([^"']+)\2\);?$/;

/** The statement that declares a name, in the same cell or an earlier one; empty if there is none. */
export function definitionOf(name: string, source: string, editor: Editor): string {
  const statement = parsed(source).statements.find(
    (each) =>
      ts.isVariableStatement(each) &&
      each.declarationList.declarations.some((declaration) => declaration.name.getText() === name),
  );
  return statement?.getText() ?? editor.definitionOf(name) ?? "";
}

const isCalculation = (node: TypeScript.Node): node is TypeScript.BinaryExpression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind < ts.SyntaxKind.FirstAssignment;

/** Whether a calculation gives a truth value. */
const isComparison = ({ operatorToken: { kind } }: TypeScript.BinaryExpression): boolean =>
  (kind >= ts.SyntaxKind.LessThanToken && kind <= ts.SyntaxKind.ExclamationEqualsEqualsToken) ||
  kind === ts.SyntaxKind.AmpersandAmpersandToken ||
  kind === ts.SyntaxKind.BarBarToken;
