import { inspect } from "node:util";
import type { Bundle } from "./bundle";
import { htmlTable } from "./htmltable";
import { textTable } from "./texttable";

/** Rows that are shown; a data frame may have millions. */
const SHOWN_ROWS = 50;

type Row = Readonly<Record<string, unknown>>;

interface Frame {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Number of rows, also of those that aren't shown. */
  readonly height: number | undefined;
}

/**
 * A data frame as an HTML table and as tabular data.
 *
 * One is known by its methods, as there is no class that all share: nodejs-polars has a `schema`, `head` and
 * `toRecords`, which is what Deno looks for as well; arquero has `columnNames`, `numRows` and `objects`.
 *
 * @returns undefined if the value is no data frame
 */
export function dataFrameBundle(value: object): Bundle | undefined {
  const frame = polarsLike(value) ?? arqueroLike(value);
  if (!frame) return undefined;
  const { columns, rows, height = rows.length } = frame;
  const cells = rows.map((row) => columns.map((name) => textOf(row[name])));
  const note = `${height} × ${columns.length}${height > rows.length ? `, the first ${rows.length} rows` : ""}`;
  const fields = columns.map((name) => ({ name, type: typeOf(rows.map((row) => row[name])) }));
  return {
    "text/plain":
      inspect.custom in value ? inspect(value, { colors: false }) : `${textTable(rows, columns)}${note}`,
    "text/html": htmlTable({ columns, rows: cells, note }),
    "application/vnd.dataresource+json": { schema: { fields }, data: rows.map(jsonRow) },
  };
}

function polarsLike(value: object): Frame | undefined {
  if (!("schema" in value && "head" in value && "toRecords" in value)) return undefined;
  const { schema, head } = value;
  if (typeof schema !== "object" || schema === null || typeof head !== "function") return undefined;
  const first: { toRecords(): Row[] } = head.call(value, SHOWN_ROWS);
  const height = "height" in value && typeof value.height === "number" ? value.height : undefined;
  return { columns: Object.keys(schema), rows: first.toRecords(), height };
}

function arqueroLike(value: object): Frame | undefined {
  if (!("columnNames" in value && "numRows" in value && "objects" in value)) return undefined;
  const { columnNames, numRows, objects } = value;
  if (typeof columnNames !== "function" || typeof numRows !== "function" || typeof objects !== "function") {
    return undefined;
  }
  return {
    columns: columnNames.call(value),
    rows: objects.call(value, { limit: SHOWN_ROWS }),
    height: numRows.call(value),
  };
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return cell.toISOString();
  return typeof cell === "object" ? inspect(cell, { colors: false, breakLength: Infinity }) : String(cell);
}

/** The type of a column in a table schema. */
function typeOf(cells: readonly unknown[]): string {
  const present = cells.filter((cell) => cell !== null && cell !== undefined);
  const is = (test: (cell: unknown) => boolean): boolean => present.length > 0 && present.every(test);
  if (is((cell) => typeof cell === "bigint" || Number.isInteger(cell))) return "integer";
  if (is((cell) => typeof cell === "number")) return "number";
  if (is((cell) => typeof cell === "boolean")) return "boolean";
  if (is((cell) => cell instanceof Date)) return "datetime";
  return is((cell) => typeof cell === "string") ? "string" : "any";
}

/** JSON has no whole numbers of 64 bits, also not in lists. */
const jsonRow = (row: Row): Row =>
  JSON.parse(JSON.stringify(row, (_, cell: unknown) => (typeof cell === "bigint" ? Number(cell) : cell)));
