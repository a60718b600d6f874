import { columnAdvice, guardBrackets } from "./bracketguard";
import { compareCells } from "./cellorder";
import { type ColumnData, type Columns, columnOf, type NamedColumns, takeCells } from "./column";
import { missingColumn } from "./columnname";
import { linkSource } from "./columnsource";
import { describedColumns } from "./columnstatistic";
import { checkedUnits } from "./columnunit";
import { columnsOfCsv, csvOf, headsWithUnits } from "./csv";
import { guardLength } from "./guardlength";
import type { NdArray } from "./ndarray";
import { checkOptions } from "./option";
import { type Row, rowMaker } from "./row";
import { TableGroups } from "./tablegroups";
import { cellsOf, namedColumns, type TableInput } from "./tableinput";
import { joinKinds, joinRows } from "./tablejoin";
import { stackRows } from "./tablestack";

/** The tables that others were taken from. */
const origins = new WeakMap<Table, Table>();

/** What each column was called in the table that it was taken from. */
const formerNames = new WeakMap<Table, ReadonlyMap<string, string>>();

/**
 * A table of named columns of equal length, in a fixed order. It is never changed: `filter`, `sort` and the like
 * give a new one. A name that is no column is an error, in rows too.
 *
 * @example
 * new Table({ label: new Int32Array([1, 2]), area: new Float64Array([12, 30]) }).sort("area", { descending: true });
 */
export class Table implements Iterable<Row> {
  readonly #columns: Columns;
  readonly #units: Map<string, string>;
  /** Number of rows. */
  readonly rowCount: number;

  /**
   * @param columns values by column name, in order: lists, which are shared, not copied, or arrays of one axis; or rows `[{ label: 1, area: 12 }, …]`
   * @param options.units unit by column name, `{ area: "µm²" }`, as far as they are known
   * @throws {RangeError} if the columns differ in length, the rows in their names, or a name is given twice
   * @throws {TypeError} if a column is no list
   */
  constructor(columns: TableInput, options: { units?: Readonly<Record<string, string>> } = {}) {
    checkOptions({ action: "make a table", options: ["units"] }, options);
    const named = namedColumns(columns);
    this.#columns = new Map(named);
    this.#units = checkedUnits(options.units ?? {}, this.columnNames);
    if (this.#columns.size < named.length) {
      const names = named.map(([name]) => name);
      const twice = names.find((name, index) => names.indexOf(name) < index);
      throw new RangeError(
        `Cannot make a table: the columns must have names of their own, got ${twice} twice`,
      );
    }
    const lengths = new Set(named.map(([, values]) => values.length));
    if (lengths.size > 1) {
      throw new RangeError(
        `Cannot make a table: the columns must be equally long, got ${[...lengths].join(" and ")} rows`,
      );
    }
    this.rowCount = [...lengths][0] ?? 0;
  }

  /**
   * Read a CSV text, with a head: whole numbers become Int32Array (BigInt64Array if they are large), other numbers
   * Float64Array, true and false booleans, and everything else, such as 007, text. The separator, a comma, semicolon
   * or tab, is found by itself; empty cells, NA and NaN are missing. A head such as `area (µm²)` over numbers is the
   * name area and its unit.
   *
   * @throws {RangeError} if lines differ in length, or quotes are left open
   * @throws {TypeError} if it is no text
   * @example
   * Table.fromCsv("label,kind\n1,round\n").column("kind");
   */
  static fromCsv(text: string): Table {
    const { columns, units } = columnsOfCsv(text);
    return new Table(columns, { units });
  }

  /**
   * Put the rows of several tables under one another, for instance those of several images.
   *
   * @param tables all with the same columns: a list, or by name, which becomes a column
   * @param options.as name of that column, default "image"
   * @throws {RangeError} if there are none, or their columns or units differ
   * @example
   * Table.concat({ "a.tif": regionpropsTable(maskA), "b.tif": regionpropsTable(maskB) }).groupBy("image").count();
   */
  static concat(
    tables: readonly Table[] | Readonly<Record<string, Table>>,
    options: { as?: string } = {},
  ): Table {
    checkOptions({ action: "concatenate tables", options: ["as"] }, options);
    const { as = "image" } = options;
    const entries = Object.entries(tables ?? {});
    const wrong = entries.find(([, table]) => !(table instanceof Table));
    if (entries.length === 0 || wrong) {
      throw new TypeError(
        `Cannot concatenate tables: a list of tables, or tables by name are needed, got ${wrong ? typeof wrong[1] : "none"}`,
      );
    }
    const parts = entries.map(([name, table]) => ({
      name,
      columns: table.#columns,
      rowCount: table.rowCount,
      units: table.#units,
    }));
    const { columns, units } = stackRows(parts, Array.isArray(tables) ? undefined : as);
    return new Table(columns, { units });
  }

  /** The table that the rows and columns of this one were taken from; itself if it was not made from another. */
  get origin(): Table {
    return origins.get(this) ?? this;
  }

  /** What a column is called in the origin; undefined if it was computed or joined. */
  originalName(name: string): string | undefined {
    const names = formerNames.get(this);
    return names ? names.get(name) : name;
  }

  /** The unit of a column, such as µm²; undefined if it is not known. */
  unit(name: string): string | undefined {
    if (!this.#columns.has(name)) throw missingColumn("get a unit", name, this.columnNames);
    return this.#units.get(name);
  }

  /** Names of the columns, in order. */
  get columnNames(): string[] {
    return [...this.#columns.keys()];
  }

  /**
   * The values of a column, shared with the table.
   *
   * @throws {RangeError} if there is no such column
   */
  column(name: string): ColumnData {
    const values = this.#columns.get(name);
    if (values === undefined) throw missingColumn("get a column", name, this.columnNames);
    return linkSource(values, { table: this, name });
  }

  /**
   * The values of a column as an array of one's own, to compute with.
   *
   * @throws {RangeError} if there is no such column
   * @example
   * Math.max(...table.values("area"));
   */
  // biome-ignore lint/suspicious/noExplicitAny: as in `Row`
  values(name: string): any[] {
    return linkSource(Array.from(this.column(name)), { table: this, name });
  }

  /** One row, from 0. */
  row(index: number): Row {
    if (!Number.isInteger(index) || index < 0 || index >= this.rowCount) {
      throw new RangeError(
        `Cannot get a row: the index must be from 0 to ${this.rowCount - 1}, got ${index}`,
      );
    }
    return rowMaker(this.#columns)(index);
  }

  /** The rows one after the other, as in `for (const row of table)`. */
  *[Symbol.iterator](): Iterator<Row> {
    const rowAt = rowMaker(this.#columns);
    for (let index = 0; index < this.rowCount; index++) yield rowAt(index);
  }

  /** All rows as objects. */
  rows(): Row[] {
    return [...this];
  }

  /** Some of the columns, in the given order. */
  select(names: readonly string[]): Table {
    if (!Array.isArray(names)) {
      throw new TypeError(
        `Cannot select columns: an array of names is needed, got ${JSON.stringify(names)}; use table.select([${JSON.stringify(names)}])`,
      );
    }
    return this.#derived(names.map((name) => [name, this.column(name)] as const));
  }

  /**
   * The same table with other names for some columns.
   *
   * @param names the new names by the old
   * @example
   * table.rename({ "centroid-0": "y", "centroid-1": "x" });
   */
  rename(names: Readonly<Record<string, string>>): Table {
    for (const name of Object.keys(names)) this.column(name);
    const former = this.columnNames.map((name) => [names[name] ?? name, name] as const);
    return this.#derived(
      former.map(([name, old]) => [name, this.column(old)] as const),
      new Map(former),
    );
  }

  /**
   * The table with one column more, or another one in its place.
   *
   * @param name of the column
   * @param values one a row, also as an array of one axis; or a function of the row that computes it; or one text,
   *   number or boolean for all rows. Numbers become a Float64Array
   * @example
   * table.withColumn("roundness", (row) => (4 * Math.PI * row.area) / row.perimeter ** 2);
   */
  withColumn(
    name: string,
    values: ColumnData | NdArray | string | number | boolean | ((row: Row, index: number) => unknown),
  ): Table {
    const cells =
      typeof values === "function"
        ? columnOf(Array.from(this, (row, index) => values(row, index)))
        : typeof values === "object" || values === undefined
          ? cellsOf(name, values)
          : columnOf(new Array(this.rowCount).fill(values));
    const kept = this.columnNames.filter((old) => old !== name);
    return this.#derived(
      [...new Map(this.#columns).set(name, cells)],
      new Map(kept.map((old) => [old, old])),
    );
  }

  /** A table made of this one's rows and columns. */
  #derived(columns: NamedColumns, names?: ReadonlyMap<string, string>): Table {
    const table = new Table(columns);
    origins.set(table, this.origin);
    const former = columns.flatMap(([name]) => {
      const own = names ? names.get(name) : this.#columns.has(name) ? name : undefined;
      const unit = own === undefined ? undefined : this.#units.get(own);
      if (unit !== undefined) table.#units.set(name, unit);
      const original = own === undefined ? undefined : this.originalName(own);
      return original === undefined ? [] : [[name, original] as const];
    });
    formerNames.set(table, new Map(former));
    return table;
  }

  #take(indices: readonly number[]): Table {
    return this.#derived(
      [...this.#columns].map(([name, values]) => [name, takeCells(values, indices)] as const),
    );
  }

  /**
   * The rows for which `predicate` is true.
   *
   * @example
   * table.filter((row) => row.area > 30);
   */
  filter(predicate: (row: Row, index: number) => boolean): Table {
    if (typeof predicate !== "function") {
      throw new TypeError(
        `Cannot filter rows: a function of the row is needed, got ${JSON.stringify(predicate)}; use table.filter((row) => row.${this.columnNames[0]} > 0)`,
      );
    }
    return this.#take(
      Array.from(this, (row, index) => (predicate(row, index) ? index : -1)).filter((index) => index >= 0),
    );
  }

  /**
   * The rows in the order of a column, or of several, the first above the others; equal ones keep their order, missing
   * values and NaN come last, numbers before texts.
   *
   * @param options.descending whether the greatest comes first, default false
   * @throws {RangeError} if there is no such column
   * @example
   * table.sort(["image", "area"]).head(10);
   */
  sort(names: string | readonly string[], options: { descending?: boolean } = {}): Table {
    checkOptions({ action: "sort", options: ["descending"] }, options);
    const columns = [names].flat().map((name: string) => this.column(name));
    const sign = options.descending ? -1 : 1;
    const order = Array.from({ length: this.rowCount }, (_, index) => index).sort((i, j) => {
      for (const values of columns) {
        const difference = compareCells(values[i], values[j], sign);
        if (difference !== 0) return difference;
      }
      return 0;
    });
    return this.#take(order);
  }

  /** The first rows. */
  head(count: number = 5): Table {
    if (!Number.isInteger(count) || count < 0) {
      throw new RangeError(
        `Cannot take the first rows: their number must be whole and not negative, got ${count}`,
      );
    }
    return this.#take(Array.from({ length: Math.min(count, this.rowCount) }, (_, index) => index));
  }

  /**
   * Group the rows that have equal values in a column, or in several.
   *
   * @returns the groups, to `aggregate`, to `count`, or to go through:
   *   `for (const [image, group] of table.groupBy("image"))`
   * @example
   * table.groupBy("image").aggregate({ area: ["mean", "std"], label: "count" }).column("area_mean");
   */
  groupBy(names: string | readonly string[]): TableGroups {
    const keys: string[] = [names].flat();
    for (const name of keys) this.column(name);
    return new TableGroups({ columns: this.#columns, rowCount: this.rowCount }, keys, {
      take: (rows) => this.#take(rows),
      make: (columns, units) => new Table(columns, { units }),
      unit: (name) => this.#units.get(name),
    });
  }

  /**
   * Put the columns of another table beside this one's, where the rows agree in some columns.
   *
   * @param on the column to join by, or several
   * @param options.how which rows without a partner stay, with missing values: none (`"inner"`, the default), this
   *   table's (`"left"`), the other's (`"right"`), in its order, or both (`"outer"`), sorted by the columns to join by
   * @throws {RangeError} if there is no such column, or another one is in both tables
   * @throws {TypeError} if one table has numbers to join by and the other texts
   * @example
   * table.join(Table.fromCsv("label,kind\n1,round\n"), "label", { how: "left" });
   */
  join(
    other: Table,
    on: string | readonly string[],
    options: { how?: "inner" | "left" | "right" | "outer" } = {},
  ): Table {
    checkOptions({ action: "join", options: ["how"] }, options);
    const { how = "inner" } = options;
    if (!(other instanceof Table)) {
      throw new TypeError(`Cannot join: another table is needed, got ${typeof other}; use new Table(rows)`);
    }
    if (!joinKinds.includes(how)) {
      throw new RangeError(
        `Cannot join: how must be one of ${joinKinds.map((kind) => JSON.stringify(kind)).join(", ")}, got ${JSON.stringify(how)}`,
      );
    }
    const [left, right] = [this as Table, other].map((table) => ({
      columns: table.#columns,
      rowCount: table.rowCount,
    }));
    const joined = this.#derived(joinRows(left, right, [on].flat(), how));
    for (const [name, unit] of other.#units) if (!this.#columns.has(name)) joined.#units.set(name, unit);
    return joined;
  }

  /**
   * Statistics of the columns of numbers: a row for each, with how many values there are, mean, standard deviation of
   * the sample, least, quartiles and greatest, missing values left out.
   */
  describe(): Table {
    return new Table(describedColumns(this.#columns));
  }

  /**
   * The table as CSV (RFC 4180): a header line, then a line a row; missing values and NaN are empty, infinities
   * `inf` and `-inf`, as pandas writes and reads them; nested values are JSON.
   *
   * @param options.units whether the heads tell the units, `area (µm²)`, which `fromCsv` reads again, default false
   * @throws {RangeError} if a unit would not be read again
   */
  toCsv(options: { units?: boolean } = {}): string {
    checkOptions({ action: "write CSV", options: ["units"] }, options);
    const heads = options.units ? headsWithUnits(this.#columns, this.#units) : this.columnNames;
    return csvOf(this.#columns, this.rowCount, heads);
  }

  /** The rows as JSON objects; NaN and infinities are null, 64-bit integers beyond 2^53 strings. */
  toJson(): string {
    return JSON.stringify(this.rows(), (_, value) => {
      if (typeof value === "bigint")
        return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
      return value;
    });
  }

  /** What `JSON.stringify(table)` writes, of a table within something else too: the rows, as in `toJson()`. */
  toJSON(): unknown {
    return JSON.parse(this.toJson());
  }

  /** Its size, as in `` `${table}` ``. */
  toString(): string {
    return `Table ${this.rowCount} rows × ${this.#columns.size} columns`;
  }
}

guardLength(Table.prototype.rows, "table.rows()");
guardBrackets(Table.prototype, columnAdvice);
