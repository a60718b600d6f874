import { columnLine, columnReadOf } from "./columnread";
import { groupCall } from "./groupcall";
import { ts } from "./library";
import { innermost, parsed } from "./node";
import { camelCase } from "./pythonnames";
import { tableCall } from "./tablecall";

/** What stands in our tables for the names of other libraries' data frames, in camelCase. */
const inTables: Readonly<Record<string, string>> = {
  agg: 'table.groupBy("image").aggregate({ area: ["mean", "std"] })',
  aggregate: 'table.groupBy("image").aggregate({ area: ["mean", "std"] })',
  append: 'Table.concat({ "a.tif": first, "b.tif": second })',
  apply: 'table.withColumn("ratio", (row) => row.area / row.perimeter)',
  arrange: 'table.sort("area", { descending: true })',
  assign: 'table.withColumn("ratio", (row) => row.area / row.perimeter)',
  addColumn: 'table.withColumn("ratio", (row) => row.area / row.perimeter)',
  columns: "table.columnNames",
  concat: 'Table.concat({ "a.tif": first, "b.tif": second })',
  corr: 'pearson(table.column("area"), table.column("perimeter"))',
  derive: 'table.withColumn("ratio", (row) => row.area / row.perimeter)',
  drop: "table.select([…]) with the columns to keep",
  dropna: "table.filter((row) => row.area !== null && !Number.isNaN(row.area))",
  forEach: "for (const row of table) { … }",
  get: 'table.column("area"), or table.values("area") as a plain array',
  height: "table.rowCount",
  iloc: "table.row(0)",
  iterrows: "for (const row of table) { … }",
  length: "table.rowCount",
  loc: "table.filter((row) => row.area > 30)",
  map: "table.rows().map((row) => row.area)",
  max: 'table.describe(), or Math.max(...table.values("area"))',
  mean: 'table.describe(), or table.groupBy("image").aggregate({ area: "mean" })',
  merge: 'table.join(other, "label", { how: "left" })',
  mutate: 'table.withColumn("ratio", (row) => row.area / row.perimeter)',
  numRows: "table.rowCount",
  objects: "table.rows()",
  orderBy: 'table.sort("area", { descending: true })',
  orderby: 'table.sort("area", { descending: true })',
  print: "table as the last line of the cell",
  query: "table.filter((row) => row.area > 30)",
  rollup: 'table.groupBy("image").aggregate({ area: ["mean", "std"] })',
  shape: "[table.rowCount, table.columnNames.length]",
  size: "table.rowCount",
  slice: "table.head(5), or table.filter((row, index) => index >= 5)",
  sortBy: 'table.sort("area", { descending: true })',
  sortValues: 'table.sort("area", { descending: true })',
  sum: 'table.describe(), or table.groupBy("image").aggregate({ area: "sum" })',
  toArray: "table.rows()",
  toDict: "table.rows()",
  toPandas: "table.rows(), or table as it is: nothing else is needed",
  toRecords: "table.rows()",
  unique: '[...new Set(table.values("image"))]',
  where: "table.filter((row) => row.area > 30)",
};

/** The same for grouped tables. */
const inGroups: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["mean", "median", "std", "sum", "min", "max", "first"].map((name) => [
      name,
      `aggregate({ area: "${name}" })`,
    ]),
  ),
  ...Object.fromEntries(["agg", "rollup"].map((name) => [name, 'aggregate({ area: ["mean", "std"] })'])),
  apply: "aggregate((group) => ({ n: group.rowCount }))",
  size: "count()",
};

const advice = (names: Readonly<Record<string, string>>, name: string): string[] =>
  Object.hasOwn(names, camelCase(name)) ? [`Write ${names[camelCase(name)]}`] : [];

/** What stands for a name of another library's data frames that a table or its groups don't have. */
export function adviseTableMember(message: string, source: string, position: number): string[] {
  const [, name = "", type] =
    /^Property '([^']+)' does not exist on type '(Table|TableGroups)'/.exec(message) ?? [];
  if (type === undefined) return [];
  if (type === "TableGroups") {
    const call = groupCall(source, position);
    return call === undefined ? advice(inGroups, name) : [`Write ${call}`];
  }
  const call = tableCall(source, position);
  return call === undefined ? advice(inTables, name) : [`Write ${call}`];
}

/**
 * How a column is read that was written as a member of its table; what there is, if it was called.
 *
 * @param members what tables have
 */
export function adviseColumn(
  message: string,
  source: string,
  position: number,
  members: readonly string[],
): string[] {
  const [, name] = /^Property '([^']+)' does not exist on type 'Table'/.exec(message) ?? [];
  if (name === undefined) return [];
  const isCalled = source.slice(position + name.length).startsWith("(");
  if (isCalled) return [`A table has: ${members.join(", ")}`];
  const member = innermost(parsed(source), position, ts.isPropertyAccessExpression);
  const column = member && columnReadOf(member, () => true);
  return column
    ? [`Write ${columnLine(column)}`]
    : [`A column is read by table.column("${name}") or table.values("${name}")`];
}

/** A use of a table that its types don't allow: the line that does what was meant. */
export function adviseTableUse(message: string, source: string, start: number): string[] {
  const [first = ""] = message.split("\n");
  const lineStart = source.lastIndexOf("\n", start - 1) + 1;
  const line = source.slice(
    lineStart,
    source.indexOf("\n", start) < 0 ? undefined : source.indexOf("\n", start),
  );
  if (first.includes("parameter of type '(row: Row")) {
    return ["Write a function of the row: (row) => row.area > 30"];
  }
  if (/^Expected 0-1 arguments|'\{ units\?: /.test(first)) {
    const call = innermost(parsed(source), start, ts.isCallExpression);
    const isCsv = call?.expression.getText().endsWith(".toCsv");
    const written = call && isCsv && tableCall(source, call.expression.end - 1);
    if (written) return [`Write ${written}`];
  }
  const [, column] = /([A-Za-z_$][\w$.]*\.column\([^()]*\))/.exec(line) ?? [];
  const isUnion = /'unknown'|BigUint64Array|not callable/.test(first);
  return column !== undefined && isUnion
    ? [`An array to compute with: ${column.replace(".column(", ".values(")}`]
    : [];
}
