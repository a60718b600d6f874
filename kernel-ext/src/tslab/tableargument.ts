import type * as TypeScript from "typescript";
import { argumentAt, asObject, type CallArgument, callWith } from "./callargument";
import { definitionOf } from "./columnoperator";
import type { Editor } from "./editor";
import { ts } from "./library";
import { innermost, parsed } from "./node";

/** Which of a chart's columns the keys of other libraries are: `boxplot(table, { x: "condition", y: "area" })`. */
const chartKeys: Readonly<Record<string, readonly string[]>> = {
  histogram: ["x"],
  plot: ["x", "y"],
  scatter: ["x", "y"],
  boxplot: ["y"],
};

/** A table where a function takes columns, or an image: the line with them. */
export function adviseTableArgument(
  message: string,
  source: string,
  offset: number,
  editor: Editor,
): string[] {
  const [, wanted] =
    /^Argument of type 'Table' is not assignable to parameter of type '([^'\n]*)'/.exec(message) ?? [];
  const found = wanted === undefined ? undefined : argumentAt(parsed(source), offset);
  if (!found) return [];
  if (/^NdArray<\w+>$/.test(wanted ?? "")) {
    const mask = measuredMask(found.argument, source, editor);
    const line = callWith(found, mask ?? "mask");
    return [mask === undefined ? `It takes an image or a mask, no table: ${line}` : `Write ${line}`];
  }
  const table = asObject(found.argument);
  if (wanted?.startsWith("readonly Table[]")) return [`It takes a list: ${callWithTables(found.call)}`];
  if (found.call.expression.getText() === "keepLabels") {
    return [`It takes a column: ${callWith(found, `${table}.column("label")`)}`];
  }
  if (wanted === "Sample") return [`It takes a column: ${table}.column("area")`];
  if (!wanted?.endsWith("ColumnData")) return [];
  const line = lineOfColumns(found);
  return [
    line ? `It takes columns: ${line}` : `It takes a column: ${callWith(found, `${table}.column("area")`)}`,
  ];
}

/** The text of the mask that a table was measured of, if that is known. */
function measuredMask(table: TypeScript.Expression, source: string, editor: Editor): string | undefined {
  const definition = ts.isIdentifier(table) ? definitionOf(table.text, source, editor) : table.getText();
  return /\bregionpropsTable\(([\w$.]+)/.exec(definition)?.[1];
}

/** A call with its tables as one list, before its options. */
function callWithTables({ expression, arguments: values }: TypeScript.CallExpression): string {
  const options = values.filter(ts.isObjectLiteralExpression);
  const tables = values.filter((value) => !ts.isObjectLiteralExpression(value));
  const list = `[${tables.map((table) => table.getText()).join(", ")}]`;
  return `${expression.getText()}(${[list, ...options.map((each) => each.getText())].join(", ")})`;
}

/** A table and more names of columns than a function has arguments, `pearson(table, "area", "eccentricity")`. */
export function adviseColumnNames(source: string, offset: number, editor: Editor): string[] {
  return editor.look(source, ({ checker, file, start }) => {
    const call = innermost(file, start + offset, ts.isCallExpression);
    const [argument] = call?.arguments ?? [];
    const [parameter] = (call && checker.getResolvedSignature(call)?.getParameters()) ?? [];
    if (!call || !argument || !parameter) return [];
    const isTable = (type: TypeScript.Type): boolean => type.symbol?.name === "Table";
    if (!isTable(checker.getTypeAtLocation(argument))) return [];
    if (isTable(checker.getTypeOfSymbolAtLocation(parameter, call))) return [];
    const line = lineOfColumns({ call, argument });
    return line ? [`It takes columns: ${line}`] : [];
  });
}

/** The call with the columns that are named after its table, or by its options; `undefined` if there are none. */
function lineOfColumns({ call, argument }: CallArgument): string | undefined {
  const columnOf = (name: string): string => `${asObject(argument)}.column(${name})`;
  const callee = call.expression.getText();
  const after = call.arguments.slice(call.arguments.indexOf(argument) + 1);
  const names = after.filter(ts.isStringLiteralLike).map((name) => name.getText());
  const options = after.find(ts.isObjectLiteralExpression);
  const keyed = (chartKeys[callee] ?? []).flatMap((key) => textOf(options, key));
  // A box plot has its groups first elsewhere.
  const [group, named] =
    callee !== "boxplot" ? [undefined, names] : names.length > 1 ? names : [textOf(options, "x")[0], names];
  const columns = [named, keyed].flat().map(columnOf);
  if (columns.length === 0) return undefined;
  const grouped = group === undefined ? [] : [`{ groups: ${columnOf(group)} }`];
  const own = options && keyed.length === 0 && group === undefined ? [options.getText()] : [];
  return `${callee}(${[...columns, ...grouped, ...own].join(", ")})`;
}

/** A condition where the labels to keep are to be, of a row of the mask's table or of a label. */
export function adviseKeptFunction(message: string, source: string, offset: number): string[] {
  if (!/^Argument of type '\(.*=> .*' is not assignable to parameter of type 'ArrayLike</.test(message))
    return [];
  const found = argumentAt(parsed(source), offset);
  const [mask] = found?.call.arguments ?? [];
  if (!found || !mask || found.call.expression.getText() !== "keepLabels") return [];
  const test = found.argument.getText();
  const [, row = ""] = /^\(?\s*([\w$]+)/.exec(test) ?? [];
  const labels = new RegExp(`\\b${row}(\\.|\\[)`).test(test)
    ? `regionpropsTable(${mask.getText()}).filter(${test}).column("label")`
    : `regionpropsTable(${mask.getText()}).values("label").filter(${test})`;
  return [`Write ${callWith(found, labels)}`];
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
