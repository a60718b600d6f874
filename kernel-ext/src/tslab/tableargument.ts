import type * as TypeScript from "typescript";
import { argumentAt, asObject, callWith } from "./callargument";
import { ts } from "./library";
import { parsed } from "./node";

/** Which of a chart's columns the keys of other libraries are: `boxplot(table, { x: "condition", y: "area" })`. */
const chartKeys: Readonly<Record<string, readonly string[]>> = {
  histogram: ["x"],
  scatter: ["x", "y"],
  boxplot: ["y"],
};

/** A table where a function takes columns, or points: the line with them. */
export function adviseTableArgument(message: string, source: string, offset: number): string[] {
  const [, wanted] =
    /^Argument of type 'Table' is not assignable to parameter of type '([^'\n]*)'/.exec(message) ?? [];
  const found = wanted === undefined ? undefined : argumentAt(parsed(source), offset);
  if (!found) return [];
  const table = asObject(found.argument);
  if (wanted === "Points") {
    const points = `${table}.rows().map((row) => [row["centroid-0"], row["centroid-1"]])`;
    return [`It takes points: ${callWith(found, points)}`];
  }
  if (wanted === "Sample") return [`It takes a column: ${table}.column("area")`];
  if (!wanted?.endsWith("ColumnData")) return [];
  const { call } = found;
  const columnOf = (name: string): string => `${table}.column(${name})`;
  const callee = call.expression.getText();
  const after = call.arguments.slice(call.arguments.indexOf(found.argument) + 1);
  const names = after.filter(ts.isStringLiteralLike).map((name) => name.getText());
  const options = after.find(ts.isObjectLiteralExpression);
  const keyed = (chartKeys[callee] ?? []).flatMap((key) => textOf(options, key));
  const columns = [...names, ...keyed].map(columnOf);
  if (columns.length === 0) return [`It takes a column: ${callWith(found, columnOf('"area"'))}`];
  const groups = callee === "boxplot" ? textOf(options, "x") : [];
  const values = [...columns, ...groups.map((name) => `{ groups: ${columnOf(name)} }`)];
  return [`It takes columns: ${callee}(${values.join(", ")})`];
}

/** A function by which rows are to be grouped: the column that it makes comes first. */
export function adviseGroupFunction(message: string, source: string, offset: number): string[] {
  if (!/^Argument of type '\(.*=> .*' is not assignable to parameter of type 'string \|/.test(message))
    return [];
  const found = argumentAt(parsed(source), offset);
  const groupBy = found?.call.expression;
  if (!groupBy || !ts.isPropertyAccessExpression(groupBy) || groupBy.name.text !== "groupBy") return [];
  const table = groupBy.expression.getText();
  return [`Write ${table}.withColumn("group", ${found.argument.getText()}).groupBy("group")`];
}

/** The text that an option is, as it is written. */
function textOf(options: TypeScript.ObjectLiteralExpression | undefined, key: string): string[] {
  const option = options?.properties.find(({ name }) => name?.getText() === key);
  const isText = option && ts.isPropertyAssignment(option) && ts.isStringLiteralLike(option.initializer);
  return isText ? [option.initializer.getText()] : [];
}
