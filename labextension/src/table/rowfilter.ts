import type { TableColumn } from "@bioengine/mime";
import { trans } from "../translation";
import { columnNumbers } from "./columnnumbers";

/** Which rows a column lets through: numbers from `from` to `to`, both included, or cells that contain `text`. */
export type RowFilter =
  | { readonly from: number; readonly to: number }
  | {
      /** Upper and lower case are the same. */
      readonly text: string;
    };

/**
 * Whether each record passes a filter; missing values pass none.
 *
 * @param column not modified
 * @example
 * passing({ dtype: "int32", values: [5, 50, null] }, { from: 10, to: Infinity }); // [0, 1, 0]
 */
export function passing(column: Pick<TableColumn, "dtype" | "values">, filter: RowFilter): Uint8Array {
  if ("from" in filter) {
    const { from, to } = filter;
    return Uint8Array.from(columnNumbers(column), (value) => Number(value >= from && value <= to));
  }
  const text = filter.text.toLowerCase();
  return Uint8Array.from(column.values, (value) =>
    Number(value !== null && String(value).toLowerCase().includes(text)),
  );
}

/**
 * A filter in words.
 *
 * @param title of its column
 * @example
 * describeFilter("area (µm²)", { from: 100, to: Infinity }); // "area (µm²) ≥ 100"
 */
export function describeFilter(title: string, filter: RowFilter): string {
  if ("text" in filter) return trans.__("%1 contains “%2”", title, filter.text);
  const { from, to } = filter;
  if (to === Number.POSITIVE_INFINITY) return `${title} ≥ ${from}`;
  return from === Number.NEGATIVE_INFINITY ? `${title} ≤ ${to}` : `${title} ${from}–${to}`;
}
