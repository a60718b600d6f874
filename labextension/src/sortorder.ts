import type { TableCell, TableColumn } from "@bioengine/mime";

/** Direction of a sorted column. */
export type SortDirection = "ascending" | "descending";

/** The column a table is sorted by. */
export interface Sorting {
  readonly column: number;
  readonly direction: SortDirection;
}

type Key = TableCell | bigint;

const words = new Intl.Collator(undefined, { numeric: true });
const WHOLE_NUMBER = /^[+-]?\d+$/;

/** Whether a column's values are numbers, some of them perhaps written as strings (`"Infinity"`, large integers). */
export function isNumeric({ dtype }: Pick<TableColumn, "dtype">): boolean {
  return /^(u?int|b?float)\d+$/.test(dtype);
}

/**
 * The sorting that a click on a column's header leads to: ascending, descending, then the original order.
 *
 * @example
 * nextSorting(null, 2); // { column: 2, direction: "ascending" }
 */
export function nextSorting(current: Sorting | null, column: number): Sorting | null {
  if (current?.column !== column) return { column, direction: "ascending" };
  return current.direction === "ascending" ? { column, direction: "descending" } : null;
}

/**
 * Row numbers in sorted order. Equal values keep their original order, missing ones come last either way.
 *
 * @param column not modified
 * @example
 * sortOrder({ name: "area", dtype: "int32", values: [30, null, 10] }, "ascending"); // [2, 0, 1]
 */
export function sortOrder(column: TableColumn, direction: SortDirection): Uint32Array {
  const keys: readonly Key[] = isNumeric(column) ? column.values.map(numericKey) : column.values;
  const sign = direction === "ascending" ? 1 : -1;
  return Uint32Array.from(keys.keys()).sort((a, b) => {
    const first = keys[a];
    const second = keys[b];
    if (first === null || second === null) return Number(first === null) - Number(second === null) || a - b;
    return sign * compare(first, second) || a - b;
  });
}

function numericKey(value: TableCell): number | bigint | null {
  if (typeof value === "string" && WHOLE_NUMBER.test(value)) return BigInt(value);
  const number = value === null ? Number.NaN : Number(value);
  return Number.isNaN(number) ? null : number;
}

function compare(a: NonNullable<Key>, b: NonNullable<Key>): number {
  if (typeof a === "string" || typeof b === "string") return words.compare(String(a), String(b));
  return a < b ? -1 : Number(a > b);
}
