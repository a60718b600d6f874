import type { TableCell, TableColumn } from "@bioengine/mime";

/**
 * A table as CSV (RFC 4180): full precision, missing values empty, a header line of column names.
 *
 * @param order row numbers in the order to write them
 * @example
 * tableCsv([{ name: "area", dtype: "int32", values: [30, 10] }], [1, 0]); // "area\r\n10\r\n30\r\n"
 */
export function tableCsv(columns: readonly TableColumn[], order: Iterable<number>): string {
  const lines = [columns.map(({ name }) => quoted(name)).join(",")];
  for (const row of order) lines.push(columns.map(({ values }) => quoted(values[row])).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

function quoted(value: TableCell): string {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
