import { runInNewContext } from "node:vm";
import { Table } from "@bioengine/ndarray";
import type { RecordBatch } from "apache-arrow";
import { cellsOf, vectorOf } from "./arrowcolumn";
import { type Arrow, loadArrow } from "./arrowlibrary";
import { withSource } from "./bytesource";
import { fileError } from "./openedimage";
import { reasonOf } from "./reason";
import { writeError, writeParts } from "./writefile";

// Arrow's columnar format, "IPC file format": both ends of a file.
const MAGIC = "ARROW1";

/** The key of a field's metadata under which a column's unit is kept. */
const UNIT = "unit";

const textOf = (bytes: Uint8Array) => String.fromCharCode(...bytes);

/**
 * Write a table as an Arrow IPC file (Feather 2), which pandas, polars and R's arrow read with the columns' types: exact
 * numbers, texts and booleans. Missing cells, NaN among them, are null there; units are the fields' metadata `unit`. A
 * folder that doesn't exist is made; a file that exists is replaced.
 *
 * @param path where to, ending in .arrow or .feather by custom
 * @throws {TypeError} if it is no table, or a column's cells are of several kinds
 * @throws {ImageFileError} if the file can't be written
 * @example
 * await writeArrow("objects.arrow", table); // pandas.read_feather("objects.arrow")
 */
export async function writeArrow(path: string, table: Table): Promise<void> {
  if (!(table instanceof Table)) {
    throw new TypeError(
      `Cannot write ${path}: a table is needed, got ${typeof table}; use writeArrow("${path}", new Table(rows))`,
    );
  }
  try {
    const arrow = await loadArrow();
    const vectors = table.columnNames.map((name) => vectorOf(arrow, name, table.column(name)));
    const schema = new arrow.Schema(
      table.columnNames.map((name, index) => {
        const unit = table.unit(name);
        const metadata = new Map(unit === undefined ? [] : [[UNIT, unit]]);
        return new arrow.Field(name, vectors[index].type, true, metadata);
      }),
    );
    const data = arrow.makeData({
      type: new arrow.Struct(schema.fields),
      length: table.rowCount,
      nullCount: 0,
      children: vectors.map(({ data }) => data[0]),
    });
    const whole = new arrow.Table(schema, new arrow.RecordBatch(schema, data));
    await writeParts(path, [arrow.tableToIPC(whole, "file")]);
  } catch (cause) {
    throw writeError(path, cause);
  }
}

// Arrow has no checksums, and its library counts to billions where a number is damaged: many times what a file takes.
const PATIENCE_MS = 10_000;
const BYTES_PER_MS = 1000;

/** The table of a file. `tableFromIPC` would never end where a batch is damaged. */
function tableOf(arrow: Arrow, bytes: Uint8Array): Table {
  const reader = arrow.RecordBatchReader.from(bytes);
  if (!(reader instanceof arrow.RecordBatchFileReader)) throw new Error("it has no footer; it is damaged");
  reader.open();
  const batches: RecordBatch[] = [];
  for (let index = 0; index < reader.numRecordBatches; index++) {
    const batch = reader.readRecordBatch(index);
    if (batch === null) throw new Error(`its batch ${index} is damaged`);
    batches.push(batch);
  }
  const whole = new arrow.Table(reader.schema, batches);
  const { fields } = whole.schema;
  const columns = fields.map(({ name }, index) => {
    const vector = whole.getChildAt(index);
    if (vector === null) throw new Error(`its column ${name} is missing; it is damaged`);
    return [name, cellsOf(arrow, name, vector)] as const;
  });
  const units = fields.flatMap(({ name, metadata }) => {
    const unit = metadata.get(UNIT);
    return unit === undefined ? [] : [[name, unit] as const];
  });
  return new Table(columns, { units: Object.fromEntries(units) });
}

/**
 * Read a table from an Arrow IPC file (Feather 2), uncompressed or with LZ4 or Zstandard, as pandas, polars and R's
 * arrow write it. Missing numbers become NaN; integers of 64 bits become Int32Array if all of them fit.
 *
 * @throws {ImageFileError} if the file can't be read, or has columns of other kinds than numbers, texts and booleans
 * @example
 * table.join(await readArrow("classes.arrow"), "label");
 */
export async function readArrow(path: string): Promise<Table> {
  try {
    const bytes = await withSource(path, (source) => source.read(0, source.size));
    if (textOf(bytes.subarray(0, 6)) !== MAGIC) throw new Error("it must be an Arrow file (Feather 2)");
    if (textOf(bytes.subarray(-6)) !== MAGIC) throw new Error("its end is missing; it is not whole");
    const arrow = await loadArrow();
    const timeout = PATIENCE_MS + Math.ceil(bytes.length / BYTES_PER_MS);
    return runInNewContext("read()", { read: () => tableOf(arrow, bytes) }, { timeout });
  } catch (cause) {
    // An error of another context, which is no instance of Error here.
    const isEndless = reasonOf(cause).includes("Script execution timed out");
    throw fileError(path, isEndless ? new Error("it doesn't come to an end; it is damaged") : cause);
  }
}
