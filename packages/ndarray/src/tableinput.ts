import { type ColumnData, columnOf, type NamedColumns } from "./column";
import { NdArray } from "./ndarray";

/** What a table is made of: columns by name, or rows `[{ label: 1, area: 12 }, …]`. */
export type TableInput =
  | Readonly<Record<string, ColumnData | NdArray>>
  | NamedColumns
  | readonly Readonly<Record<string, unknown>>[];

/**
 * The values of a column that somebody gave; an array of one axis is a column too.
 *
 * @throws {TypeError} if it is no list
 */
export function cellsOf(name: string, values: unknown): ColumnData {
  const isList = Array.isArray(values) || (ArrayBuffer.isView(values) && !(values instanceof DataView));
  if (isList) return values as ColumnData;
  if (values instanceof NdArray && values.ndim === 1) {
    return values.dtype === "bool" ? (values.toArray() as boolean[]) : values.data;
  }
  const isColumn = values instanceof NdArray && values.shape.filter((length) => length !== 1).length < 2;
  const got =
    values instanceof NdArray ? `an array of shape [${values.shape.join(", ")}]` : JSON.stringify(values);
  throw new TypeError(
    `Cannot make a table: a column must be a list of values, or an array of one axis, got ${got} for ${name}${isColumn ? "; use array.flatten()" : ""}`,
  );
}

/** The columns of rows, which all have the same names. */
function columnsOfRows(rows: readonly Readonly<Record<string, unknown>>[]): NamedColumns {
  const names = Object.keys(rows[0]);
  rows.forEach((row, index) => {
    const own = Object.keys(row);
    const other = own.find((name) => !names.includes(name)) ?? names.find((name) => !own.includes(name));
    if (other === undefined) return;
    throw new RangeError(
      `Cannot make a table: all rows must have ${names.join(", ")}, got ${own.join(", ")} in row ${index}`,
    );
  });
  return names.map((name) => [name, columnOf(rows.map((row) => row[name]))] as const);
}

/**
 * The columns of what somebody gave, in order.
 *
 * @throws {TypeError} if it is neither columns nor rows
 * @throws {RangeError} if rows have different names
 */
export function namedColumns(input: TableInput): NamedColumns {
  if (typeof input !== "object" || input === null) {
    throw new TypeError(
      `Cannot make a table: columns by name, or rows are needed, got ${JSON.stringify(input)}; use new Table({ label: [1, 2] })`,
    );
  }
  const isOfRows = Array.isArray(input) && input.length > 0 && !Array.isArray(input[0]);
  const given = isOfRows ? columnsOfRows(input) : Array.isArray(input) ? input : Object.entries(input);
  return given.map(([name, values]) => [name, cellsOf(name, values)] as const);
}
