import { Table } from "@bioengine/ndarray";
import { withSource } from "./bytesource";
import { fileError } from "./openedimage";
import { writeError, writeParts } from "./writefile";

/**
 * Write a table as CSV, which R, pandas and spreadsheets read. A folder that doesn't exist is made; a file that exists
 * is replaced.
 *
 * @param path ending in .csv
 * @param options.units whether the heads tell the units, `area (µm²)`, which `readCsv` reads again, default false
 * @throws {TypeError} if it is no table
 * @throws {RangeError} if the name ends otherwise, or a unit would not be read again
 * @throws {ImageFileError} if the file can't be written
 * @example
 * await writeCsv("objects.csv", table, { units: true });
 */
export async function writeCsv(path: string, table: Table, options: { units?: boolean } = {}): Promise<void> {
  if (!(table instanceof Table)) {
    throw new TypeError(
      `Cannot write ${path}: a table is needed, got ${typeof table}; use writeCsv("${path}", new Table(rows))`,
    );
  }
  if (!/\.csv$/i.test(path)) {
    throw new RangeError(`Cannot write ${path}: the name must end in .csv, got ${JSON.stringify(path)}`);
  }
  const text = table.toCsv(options);
  try {
    await writeParts(path, [new TextEncoder().encode(text)]);
  } catch (cause) {
    throw writeError(path, cause);
  }
}

/**
 * Read a table from a CSV file, with a head; see `Table.fromCsv`.
 *
 * @throws {ImageFileError} if the file can't be read, or its rows differ in length
 * @example
 * table.join(await readCsv("classes.csv"), "label");
 */
export async function readCsv(path: string): Promise<Table> {
  try {
    const bytes = await withSource(path, (source) => source.read(0, source.size));
    return Table.fromCsv(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw fileError(path, cause);
  }
}
