import type * as TypeScript from "typescript";
import { arrayCall } from "./arraycall";
import { callText } from "./calltext";
import { ts } from "./library";

/** A table's column as data frames have it, `table["area"]` or `table.area`. */
export interface ColumnRead {
  readonly node: TypeScript.Expression;
  readonly table: string;
  readonly name: string;
}

/** A node as a column, if it is of a table. */
export function columnReadOf(
  node: TypeScript.Node,
  isTable: (node: TypeScript.Expression) => boolean,
): ColumnRead | undefined {
  const isNamed = ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression);
  const name = isNamed
    ? (node.argumentExpression as TypeScript.StringLiteral).text
    : ts.isPropertyAccessExpression(node)
      ? node.name.text
      : undefined;
  if (name === undefined) return undefined;
  const access = node as TypeScript.ElementAccessExpression | TypeScript.PropertyAccessExpression;
  return isTable(access.expression) ? { node: access, table: access.expression.getText(), name } : undefined;
}

/** Members by which a column's values are taken, and those of lists. */
const asValues = /^(values|array|data|tolist|toList|to_list|to_numpy|toNumpy|toArray)$/;
const ofLists = /^(map|filter|forEach|reduce|slice|join|includes|indexOf|find|some|every|toSorted|entries)$/;

/** The line that does what an expression with a column of a data frame was meant to do. */
export function columnLine(column: ColumnRead): string {
  const { node, table, name } = column;
  const values = `${table}.values(${JSON.stringify(name)})`;
  const { parent } = node;
  if (isAssigned(parent, node)) return withColumn(table, name, parent.right);
  if (ts.isPropertyAccessExpression(parent)) return memberLine(parent, column, values);
  let whole: TypeScript.Expression = node;
  while (isCalculation(whole.parent)) whole = whole.parent;
  if (whole === node) return `${table}.column(${JSON.stringify(name)})`;
  if (ts.isBinaryExpression(whole) && isAssigned(whole, whole.left)) {
    const target = columnReadOf(whole.left, () => true);
    if (target) return withColumn(target.table, target.name, whole.right);
  }
  const test = rowText(whole, table);
  if (isTest(whole)) return `${table}.filter((row) => ${test})`;
  const { parent: around } = whole;
  const declared = ts.isVariableDeclaration(around) ? around.name.getText() : "ratio";
  return `${table}.withColumn(${JSON.stringify(declared)}, (row) => ${test})`;
}

function memberLine(
  member: TypeScript.PropertyAccessExpression,
  { table, name }: ColumnRead,
  values: string,
): string {
  const method = member.name.text;
  const call =
    ts.isCallExpression(member.parent) && member.parent.expression === member ? member.parent : undefined;
  const text = call && callText(call, call.getSourceFile());
  const list = text?.values.join(", ") ?? "";
  if (asValues.test(method)) return values;
  if (method === "unique") return `[...new Set(${values})]`;
  if (method === "nunique") return `new Set(${values}).size`;
  if (method === "length" || method === "size") return `${table}.rowCount`;
  if (method === "hist") {
    const bins = text?.keywords.find(([keyword]) => keyword === "bins")?.[1];
    return `histogram(${table}.column(${JSON.stringify(name)})${bins === undefined ? "" : `, { bins: ${bins} }`})`;
  }
  // A data frame's deviation is that of a sample, an array's that of all there is.
  if (method === "std" && list === "")
    return `ndarray(${values}).std() * Math.sqrt(${table}.rowCount / (${table}.rowCount - 1))`;
  if (ofLists.test(method)) return `${values}.${method}(${list})`;
  return (
    arrayCall(method, `ndarray(${values})`, text?.values ?? []) ?? `ndarray(${values}).${method}(${list})`
  );
}

function withColumn(table: string, name: string, value: TypeScript.Expression): string {
  const text = rowText(value, table);
  const written = text === value.getText() ? text : `(row) => ${text}`;
  return `const changed = ${table}.withColumn(${JSON.stringify(name)}, ${written})`;
}

/** A calculation with the columns of a table as those of a row. */
function rowText(node: TypeScript.Node, table: string): string {
  const start = node.getStart();
  const parts: { start: number; end: number; text: string }[] = [];
  const visit = (inner: TypeScript.Node): void => {
    const column = columnReadOf(inner, (object) => object.getText() === table);
    if (!column) {
      if (ts.isBinaryExpression(inner) && isBitwise(inner.operatorToken.kind)) {
        const { operatorToken } = inner;
        const text = operatorToken.getText().repeat(2);
        visit(inner.left);
        parts.unshift({ start: operatorToken.getStart() - start, end: operatorToken.end - start, text });
        visit(inner.right);
      } else ts.forEachChild(inner, visit);
      return;
    }
    const { name } = column;
    const text = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name)
      ? `row.${name}`
      : `row[${JSON.stringify(name)}]`;
    parts.unshift({ start: inner.getStart() - start, end: inner.end - start, text });
  };
  visit(node);
  return parts.reduce(
    (text, part) => text.slice(0, part.start) + part.text + text.slice(part.end),
    node.getText(),
  );
}

const isBitwise = (kind: TypeScript.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.AmpersandToken || kind === ts.SyntaxKind.BarToken;

const isAssigned = (node: TypeScript.Node, left: TypeScript.Node): node is TypeScript.BinaryExpression =>
  ts.isBinaryExpression(node) && node.left === left && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;

const isCalculation = (node: TypeScript.Node): node is TypeScript.Expression =>
  ts.isParenthesizedExpression(node) || ts.isBinaryExpression(node);

/** Whether a calculation gives a truth value. */
function isTest(node: TypeScript.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return isTest(node.expression);
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  const isComparison =
    kind >= ts.SyntaxKind.LessThanToken && kind <= ts.SyntaxKind.ExclamationEqualsEqualsToken;
  return isComparison || isBitwise(kind) || kind === ts.SyntaxKind.AmpersandAmpersandToken;
}
