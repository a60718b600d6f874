import type { TableColumn } from "@bioengine/mime";

/** Whether a column's values are numbers, some of them perhaps written as strings (`"Infinity"`, large integers). */
export function isNumeric({ dtype }: Pick<TableColumn, "dtype">): boolean {
  return /^(u?int|b?float)\d+$/.test(dtype);
}

/**
 * The values of a numeric column as numbers, NaN where there is none; integers beyond 2^53 are rounded.
 *
 * @param column not modified
 * @example
 * columnNumbers({ dtype: "float64", values: [2, null, "Infinity"] }); // [2, NaN, Infinity]
 */
export function columnNumbers({ values }: Pick<TableColumn, "dtype" | "values">): Float64Array {
  return Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value)));
}
