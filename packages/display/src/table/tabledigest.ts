import { columnTitle, type TableCell, type TableColumn } from "@bioengine/mime";
import { quantileOf } from "@bioengine/ndarray";
import { countText, numberText } from "../numbertext";

const maximumLength = 1200;
/** Up to so many rows say more than their statistics. */
const fewRows = 20;

/** What a reader of text gets to know of a table, a small one as it is; at most 1,200 characters. */
export function tableDigest(columns: readonly TableColumn[], rowCount: number): string {
  const lines = [`Table: ${countText(rowCount, "row")} × ${countText(columns.length, "column")}`];
  if (rowCount > 0 && rowCount <= fewRows) {
    const whole = [...lines, ...rowLines(columns, rowCount)].join("\n");
    if (whole.length <= maximumLength) return whole;
  }
  if (columns.length > 0 && columns[0]!.values.length < rowCount) {
    lines.push(`Numbers below are of the first ${columns[0]!.values.length} rows`);
  }
  let length = lines.join("\n").length;
  for (const [index, column] of columns.entries()) {
    const line = describe(column);
    // Keep room for the line that names the rest.
    if (length + line.length > maximumLength - 200) {
      const rest = columns
        .slice(index)
        .map(({ name }) => name)
        .join(", ");
      lines.push(
        `and ${columns.length - index} more: ${rest.length > 160 ? `${rest.slice(0, 159)}…` : rest}`,
      );
      break;
    }
    lines.push(line);
    length += line.length + 1;
  }
  return lines.join("\n");
}

/** The columns' titles and the rows, one below the other. */
function rowLines(columns: readonly TableColumn[], rowCount: number): string[] {
  const texts = columns.map((column) => [columnTitle(column), ...column.values.map(cellText)]);
  const widths = texts.map((column) => Math.max(...column.map((text) => text.length)));
  return Array.from({ length: rowCount + 1 }, (_, row) =>
    texts
      .map((column, index) => column[row]!.padEnd(widths[index]!))
      .join("  ")
      .trimEnd(),
  );
}

/** A cell as text; empty if it is missing. */
export function cellText(value: TableCell): string {
  if (value === null) return "";
  return typeof value === "number" ? numberText(value) : String(value);
}

function describe({ name, dtype, unit, values }: TableColumn): string {
  const head = `${name.slice(0, 60)} (${unit ? `${dtype}, ${unit}` : dtype}):`;
  const present = values.filter((value) => value !== null);
  const missing = values.length - present.length;
  const note = missing > 0 ? `; ${missing} missing` : "";
  if (present.length === 0) return `${head} no values${note}`;
  const numbers = present.map(toNumber);
  if (numbers.every((value) => value !== undefined)) {
    const sorted = Float64Array.from(numbers).sort();
    const at = (fraction: number) => numberText(quantileOf(sorted, fraction));
    return `${head} min ${at(0)}, median ${at(0.5)}, max ${at(1)}${note}`;
  }
  const distinct = [...new Set(present)];
  const examples = distinct.slice(0, 3).map((value) => String(value).slice(0, 30));
  return `${head} ${countText(distinct.length, "value")}: ${examples.join(", ")}${distinct.length > 3 ? ", …" : ""}${note}`;
}

function toNumber(value: TableCell): number | undefined {
  if (typeof value === "number") return value;
  if (value === "Infinity" || value === "-Infinity") return Number(value);
  return undefined;
}
