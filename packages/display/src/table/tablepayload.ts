import type { TableCell, TableColumn } from "@bioengine/mime";
import type { Table } from "@bioengine/ndarray";

/** Cells that an output may hold: at some 18 characters each, below 5 MB. */
const maximumCells = 200_000;

/** The columns of a table as a browser can read them, cut to the first rows if there are too many. */
export function tableColumns(table: Table): TableColumn[] {
  const rows = Math.min(table.rowCount, Math.floor(maximumCells / Math.max(1, table.columnNames.length)));
  return table.columnNames.map((name) => {
    const column = table.column(name);
    const dtype = columnType(column);
    const round = dtype === "float32" ? roundFloat32 : (value: number) => value;
    return { name, dtype, values: Array.from({ length: rows }, (_, row) => tableCell(column[row], round)) };
  });
}

function columnType(column: ArrayLike<unknown>): string {
  if (ArrayBuffer.isView(column)) return column.constructor.name.replace(/Big|Array/g, "").toLowerCase();
  const kinds = new Set(Array.from(column, (value) => typeof value));
  if (kinds.size !== 1) return "object";
  const [kind] = kinds;
  const types: Record<string, string> = {
    number: "float64",
    bigint: "int64",
    boolean: "bool",
    string: "string",
  };
  return types[kind!] ?? "object";
}

function tableCell(value: unknown, round: (value: number) => number): TableCell {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  if (typeof value === "number") return Number.isFinite(value) ? round(value) : String(value);
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === "string" || typeof value === "boolean") return value;
  return objectText(value);
}

/** Nine digits tell all float32 apart; more are noise of the conversion. */
function roundFloat32(value: number): number {
  return Number(value.toPrecision(9));
}

/** Pixel lists and images in a cell: enough of them to recognise. */
function objectText(value: object | unknown): string {
  const text =
    JSON.stringify(value, (_, part) => (typeof part === "bigint" ? String(part) : part)) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
