import type { Table } from "./table";

/** The column that values were taken from. */
export interface ColumnSource {
  readonly table: Table;
  readonly name: string;
}

const sources = new WeakMap<object, ColumnSource>();

/** Remember where values come from; of tables that share them, the one that was asked last. */
export function linkSource<T extends object>(values: T, source: ColumnSource): T {
  sources.set(values, source);
  return values;
}

/**
 * The column that `table.column(name)` or `table.values(name)` gave these values for; undefined for others.
 *
 * @example
 * columnSource(table.column("area"))?.name; // "area"
 */
export const columnSource = (values: object): ColumnSource | undefined => sources.get(values);
