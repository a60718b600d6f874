import type * as TypeScript from "typescript";
import { callText } from "./calltext";
import { ts } from "./library";
import { innermost, parsed } from "./node";
import { camelCase } from "./pythonnames";

/** Statistics of groups, by what other libraries call them in camelCase. */
const statistics: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["mean", "median", "std", "sem", "sum", "min", "max", "first"].map((name) => [name, name]),
  ),
  nunique: "unique",
};

/**
 * What a statistic of a grouped data frame is here: `table.groupby("image")["area"].mean()`, with one column or
 * several, `.agg({"area": "mean"})` or `.size()`.
 *
 * @param position of a name in the chain
 * @returns `undefined` if the chain is no such statistic
 */
export function groupCall(source: string, position: number): string | undefined {
  const file = parsed(source);
  const member = innermost(file, position, ts.isPropertyAccessExpression);
  for (let node: TypeScript.Node | undefined = member; node; node = node.parent) {
    const text = ts.isCallExpression(node) ? statisticCall(node, file) : undefined;
    if (text !== undefined) return text;
    if (ts.isStatement(node)) return undefined;
  }
  return undefined;
}

function statisticCall(call: TypeScript.CallExpression, file: TypeScript.SourceFile): string | undefined {
  const { expression } = call;
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  const { columns, groups } = selectionOf(expression.expression);
  const groupBy = ts.isCallExpression(groups) ? groups.expression : undefined;
  if (!ts.isCallExpression(groups) || !groupBy || !ts.isPropertyAccessExpression(groupBy)) return undefined;
  if (camelCase(groupBy.name.text).toLowerCase() !== "groupby") return undefined;
  const { values, keywords } = callText(groups, file);
  const keys = values[0] ?? keywords.find(([name]) => name === "by")?.[1];
  if (keys === undefined) return undefined;
  const start = `${groupBy.expression.getText(file)}.groupBy(${keys})`;
  const name = camelCase(expression.name.text);
  if (name === "size" || name === "count") return `${start}.count()`;
  const [argument] = call.arguments;
  if (/^agg(regate)?$/.test(name) && argument) {
    if (ts.isObjectLiteralExpression(argument)) return `${start}.aggregate(${argument.getText(file)})`;
    return columns.length > 0
      ? `${start}.aggregate(${aggregation(columns, argument.getText(file))})`
      : undefined;
  }
  const statistic = Object.hasOwn(statistics, name) ? statistics[name] : undefined;
  if (statistic === undefined) return undefined;
  return `${start}.aggregate(${aggregation(columns.length > 0 ? columns : ["area"], `"${statistic}"`)})`;
}

const aggregation = (columns: readonly string[], statistic: string): string =>
  `{ ${columns.map((name) => `${/^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name)}: ${statistic}`).join(", ")} }`;

/** The columns that are taken of groups, `groups["area"]`, `groups[["area", "perimeter"]]` or `groups.area`. */
function selectionOf(node: TypeScript.Expression): { columns: string[]; groups: TypeScript.Expression } {
  if (ts.isPropertyAccessExpression(node)) return { columns: [node.name.text], groups: node.expression };
  if (!ts.isElementAccessExpression(node)) return { columns: [], groups: node };
  const { argumentExpression: argument } = node;
  const texts: readonly TypeScript.Expression[] = ts.isArrayLiteralExpression(argument)
    ? argument.elements
    : [argument];
  return { columns: texts.filter(ts.isStringLiteralLike).map(({ text }) => text), groups: node.expression };
}
