import type { TypedArray } from "./dtype";

/** The values of a column, one a row. */
export type ColumnData = TypedArray | readonly unknown[];

/** Columns by name, in order. */
export type Columns = ReadonlyMap<string, ColumnData>;

/** Columns with their names, in order. */
export type NamedColumns = readonly (readonly [name: string, values: ColumnData])[];

/** Columns and how many rows they have. */
export interface Rows {
  readonly columns: Columns;
  readonly rowCount: number;
}

/** Whether a cell has no value: null, undefined or NaN. */
export const isMissing = (value: unknown): boolean =>
  value === null || value === undefined || Number.isNaN(value);

const isTyped = (values: ColumnData): values is TypedArray => ArrayBuffer.isView(values);

/** Values as a column: Float64Array if they are numbers, missing ones NaN; else as they are. */
export function columnOf(values: readonly unknown[]): ColumnData {
  const isNumeric =
    values.some((value) => typeof value === "number") &&
    values.every((value) => typeof value === "number" || value === null || value === undefined);
  return isNumeric ? Float64Array.from(values, (value) => (value ?? Number.NaN) as number) : values;
}

/** Cells of a column, in the given order; -1 is a missing one. */
export function takeCells(values: ColumnData, indices: ArrayLike<number>): ColumnData {
  const cells = Array.from(indices, (index) => (index < 0 ? null : values[index]));
  if (!isTyped(values)) return cells;
  if (cells.includes(null)) return columnOf(cells);
  return new (values.constructor as Float64ArrayConstructor)(cells as number[]);
}

/** Columns under one another: of one type if they are, Float64Array if all are numbers. */
export function joinCells(parts: readonly ColumnData[]): ColumnData {
  const cells = parts.flatMap((part) => Array.from<unknown>(part));
  const [first] = parts;
  if (isTyped(first) && parts.every((part) => part.constructor === first.constructor)) {
    return new (first.constructor as Float64ArrayConstructor)(cells as number[]);
  }
  return columnOf(cells);
}

/** What the cells are: numbers, bigints, strings, …; nothing if all are missing. */
export function kindsIn(values: ColumnData): string[] {
  const kinds = new Set<string>();
  for (const value of values as readonly unknown[]) if (!isMissing(value)) kinds.add(typeof value);
  return [...kinds];
}

/** Whether a column is of numbers, missing ones aside. */
export const isNumeric = (values: ColumnData): boolean =>
  isTyped(values) || kindsIn(values).every((kind) => kind === "number" || kind === "bigint");
