import { inspect } from "node:util";
import { htmlTable } from "./htmltable";
import { textTable } from "./texttable";

/** Rows that are shown: a browser takes long for more. */
const SHOWN_ROWS = 1000;

/**
 * What `console.table` shows: Node's own table in text, and the same in HTML.
 *
 * @param data rows: an array, a Map, a Set or an object, of values, arrays or objects; not modified
 * @param properties the columns; default: all that a row has
 * @returns undefined if there is nothing to tabulate
 */
export function consoleTableBundle(
  data: unknown,
  properties?: readonly string[],
): { "text/plain": string; "text/html": string } | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const entries = entriesOf(data);
  const shown = entries.slice(0, SHOWN_ROWS);
  const rows = shown.map(([, row]) => cellsOf(row));
  const names = properties ?? [
    ...new Set(rows.flatMap((row) => (row instanceof Map ? [...row.keys()] : []))),
  ];
  const hasValues = rows.some((row) => !(row instanceof Map));
  const columns = ["(index)", ...names, ...(hasValues ? ["Values"] : [])];
  const cells = rows.map((row, index) => {
    const isMap = row instanceof Map;
    return [
      textOf(shown[index]?.[0]),
      ...names.map((name) => (isMap && row.has(name) ? textOf(row.get(name)) : "")),
      ...(hasValues ? [isMap ? "" : textOf(row)] : []),
    ];
  });
  const rest = entries.length - shown.length;
  const note = rest > 0 ? `${rest} more rows are not shown` : undefined;
  const text = textTable(rest > 0 ? firstOf(data, shown) : data, properties);
  return {
    "text/plain": note ? `${text}${note}\n` : text,
    "text/html": htmlTable({ columns, rows: cells, note }),
  };
}

function entriesOf(data: object): [unknown, unknown][] {
  if (data instanceof Map) return [...data];
  if (data instanceof Set) return [...data].map((value, index) => [index, value]);
  return Object.entries(data);
}

/** A table of some of the entries, of the same kind. */
function firstOf(data: object, entries: [unknown, unknown][]): object {
  if (data instanceof Map) return new Map(entries);
  const values = entries.map(([, value]) => value);
  return data instanceof Set ? new Set(values) : Object.fromEntries(entries);
}

/** A row by its columns; a value that has none is the row itself. */
function cellsOf(row: unknown): Map<string, unknown> | unknown {
  return typeof row === "object" && row !== null ? new Map(Object.entries(row)) : row;
}

function textOf(cell: unknown): string {
  return typeof cell === "string" ? cell : inspect(cell, { colors: false, depth: 0, breakLength: Infinity });
}
