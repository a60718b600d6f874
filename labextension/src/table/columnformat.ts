import type { TableCell, TableColumn } from "@bioengine/mime";

/** Writes a cell of one column. */
export type CellFormat = (value: TableCell) => string;

const MOST_DECIMALS = 4;
const LARGEST_FIXED = 1e9;

/**
 * How the cells of a column are written. A floating-point column has the same number of decimals in all rows,
 * about five significant digits for its largest value, so that the decimal points align; values too small for
 * them are written with an exponent.
 *
 * @param column not modified
 * @example
 * columnFormat({ name: "eccentricity", dtype: "float64", values: [0.81234, 0.5] })(0.5); // "0.5000"
 */
export function columnFormat(column: TableColumn): CellFormat {
  if (!/^b?float\d+$/.test(column.dtype)) return formatPlain;
  const decimals = decimalsOf(column.values);
  const smallest = 10 ** -decimals / 2;
  return (value) => {
    if (typeof value !== "number") return formatPlain(value);
    const size = Math.abs(value);
    if (size >= LARGEST_FIXED || (size > 0 && size < smallest)) return value.toExponential(3);
    return value.toFixed(decimals);
  };
}

function formatPlain(value: TableCell): string {
  return value === null ? "" : String(value);
}

function decimalsOf(values: readonly TableCell[]): number {
  let largest = 0;
  let whole = true;
  for (const value of values) {
    if (typeof value !== "number") continue;
    whole &&= Number.isInteger(value);
    if (Math.abs(value) < LARGEST_FIXED) largest = Math.max(largest, Math.abs(value));
  }
  if (whole) return 0;
  const exponent = largest > 0 ? Math.floor(Math.log10(largest)) : 0;
  return Math.min(Math.max(MOST_DECIMALS - exponent, 1), MOST_DECIMALS);
}
