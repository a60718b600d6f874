import { Fields } from "./field";

/** A table's cell: `null` is missing or NaN; `"Infinity"`, `"-Infinity"` and integers beyond 2^53 are strings. */
export type TableCell = number | string | boolean | null;

/** One column of a table. */
export interface TableColumn {
  name: string;
  /** dtype of the column in the kernel (`"float64"`), `"string"` or `"object"` */
  dtype: string;
  unit?: string;
  values: TableCell[];
}

/**
 * A column's header, with its unit.
 *
 * @example
 * columnTitle({ name: "area", unit: "µm²" }); // "area (µm²)"
 */
export function columnTitle({ name, unit }: Pick<TableColumn, "name" | "unit">): string {
  return unit ? `${name} (${unit})` : name;
}

/**
 * A measurement table, linked to the mask that it was measured on when `maskId` is given.
 *
 * @example
 * const payload: TablePayload = parseTablePayload(JSON.parse(text));
 */
export interface TablePayload {
  version: 1;
  /** `MaskPayload.id` of the mask whose labels are in the column `label`. */
  maskId?: string;
  /** Rows of the table in the kernel; the columns hold the first of them when it is too large to send. */
  rowCount: number;
  columns: TableColumn[];
  /** What the table holds, in words. */
  digest: string;
}

/**
 * Read the JSON of a `TABLE_MIME` output.
 *
 * @param json the parsed JSON, from any source; not modified
 * @returns a new object with the known fields only; all columns have the same length, at most `rowCount`
 * @throws {DecodeError} naming the field that is missing or wrong
 * @example
 * const payload = parseTablePayload(model.data["application/vnd.bioengine.table+json"]);
 */
export function parseTablePayload(json: unknown): TablePayload {
  const fields = new Fields(json, "table payload");
  const version = fields.version();
  const rowCount = fields.integer("rowCount", 0);
  const columns = fields.array("columns").map((column, index) => parseColumn(column, index));
  for (const [index, column] of columns.entries()) {
    const length = column.values.length;
    if (length > rowCount || length !== columns[0]!.values.length) {
      throw fields.error(
        `columns[${index}].values`,
        `must have as many values as the other columns and at most rowCount (${rowCount})`,
        length,
      );
    }
  }
  const payload: TablePayload = { version, rowCount, columns, digest: fields.string("digest") };
  if (fields.has("maskId")) payload.maskId = fields.string("maskId");
  return payload;
}

function parseColumn(json: unknown, index: number): TableColumn {
  const fields = new Fields(json, "table payload", `columns[${index}]`);
  const values = fields.array("values");
  const wrong = values.findIndex((value) => !isCell(value));
  if (wrong >= 0) {
    throw fields.error(`values[${wrong}]`, "must be a number, string, boolean or null", values[wrong]);
  }
  const column: TableColumn = {
    name: fields.string("name"),
    dtype: fields.string("dtype"),
    values: values.filter(isCell),
  };
  if (fields.has("unit")) column.unit = fields.string("unit");
  return column;
}

function isCell(value: unknown): value is TableCell {
  return (
    value === null || typeof value === "number" || typeof value === "string" || typeof value === "boolean"
  );
}
