import type { TypedArray } from "./dtype";

/** The values of a column, one a row. */
export type ColumnData = TypedArray | readonly unknown[];

/** One row of a table, by column name. */
// Cells compute with the values: `row.area > 200`.
// biome-ignore lint/suspicious/noExplicitAny: a row's values have the columns' types, which are not known here
export type Row = Record<string, any>;

/** The tables that others were taken from. */
const origins = new WeakMap<Table, Table>();

/**
 * A table of named columns of equal length, in a fixed order. It is never changed: `filter`, `sort` and the like
 * give a new one.
 *
 * @example
 * new Table({ label: new Int32Array([1, 2]), area: new Float64Array([12, 30]) }).sort("area", { descending: true });
 */
export class Table {
  private readonly columns: ReadonlyMap<string, ColumnData>;
  /** Number of rows. */
  readonly rowCount: number;

  /**
   * @param columns values by column name, in order; shared, not copied
   * @throws {RangeError} if the columns differ in length
   */
  constructor(columns: Readonly<Record<string, ColumnData>> | readonly (readonly [string, ColumnData])[]) {
    this.columns = new Map(Array.isArray(columns) ? columns : Object.entries(columns));
    const lengths = new Set([...this.columns.values()].map((values) => values.length));
    if (lengths.size > 1) {
      throw new RangeError(
        `Cannot make a table: the columns must be equally long, got ${[...lengths].join(" and ")} rows`,
      );
    }
    this.rowCount = [...lengths][0] ?? 0;
  }

  /** The table that the rows and columns of this one were taken from; itself if it was not made from another. */
  get origin(): Table {
    return origins.get(this) ?? this;
  }

  /** Names of the columns, in order. */
  get columnNames(): string[] {
    return [...this.columns.keys()];
  }

  /**
   * The values of a column, shared with the table.
   *
   * @throws {RangeError} if there is no such column
   */
  column(name: string): ColumnData {
    const values = this.columns.get(name);
    if (values === undefined) {
      throw new RangeError(
        `Cannot get a column: the name must be one of ${this.columnNames.join(", ")}, got ${name}`,
      );
    }
    return values;
  }

  /** One row, from 0. */
  row(index: number): Row {
    if (!Number.isInteger(index) || index < 0 || index >= this.rowCount) {
      throw new RangeError(
        `Cannot get a row: the index must be from 0 to ${this.rowCount - 1}, got ${index}`,
      );
    }
    return Object.fromEntries([...this.columns].map(([name, values]) => [name, values[index]]));
  }

  /** All rows as objects. */
  rows(): Row[] {
    return Array.from({ length: this.rowCount }, (_, index) => this.row(index));
  }

  /** Some of the columns, in the given order. */
  select(names: readonly string[]): Table {
    return this.derived(new Table(names.map((name) => [name, this.column(name)] as const)));
  }

  private derived(table: Table): Table {
    origins.set(table, this.origin);
    return table;
  }

  private take(indices: readonly number[]): Table {
    const taken = new Table(
      [...this.columns].map(([name, values]) => {
        const cells = Array.isArray(values)
          ? []
          : new (values.constructor as Float64ArrayConstructor)(indices.length);
        for (let row = 0; row < indices.length; row++) cells[row] = values[indices[row]] as never;
        return [name, cells] as const;
      }),
    );
    return this.derived(taken);
  }

  /** The rows for which `predicate` is true. */
  filter(predicate: (row: Row, index: number) => boolean): Table {
    const indices = this.rows().flatMap((row, index) => (predicate(row, index) ? [index] : []));
    return this.take(indices);
  }

  /** The rows in the order of a column; equal ones keep their order, missing values and NaN come last. */
  sort(name: string, options: { descending?: boolean } = {}): Table {
    const values = this.column(name);
    const sign = options.descending ? -1 : 1;
    const missing = (value: unknown) => value === null || value === undefined || Number.isNaN(value);
    const order = Array.from({ length: this.rowCount }, (_, index) => index).sort((i, j) => {
      const [a, b] = [values[i], values[j]];
      if (missing(a) || missing(b)) return Number(missing(a)) - Number(missing(b));
      return sign * (lessThan(a, b) ? -1 : lessThan(b, a) ? 1 : 0);
    });
    return this.take(order);
  }

  /** The first rows. */
  head(count: number = 5): Table {
    return this.take(Array.from({ length: Math.min(count, this.rowCount) }, (_, index) => index));
  }

  /**
   * The table as CSV (RFC 4180): a header line, then a line a row; missing values and NaN are empty, infinities
   * `inf` and `-inf`, as pandas writes and reads them; nested values are JSON.
   */
  toCsv(): string {
    const lines = [this.columnNames.map(quoted).join(",")];
    const columns = [...this.columns.values()];
    for (let row = 0; row < this.rowCount; row++) {
      lines.push(columns.map((values) => quoted(csvText(values[row]))).join(","));
    }
    return `${lines.join("\n")}\n`;
  }

  /** The rows as JSON objects; NaN and infinities are null, 64-bit integers beyond 2^53 strings. */
  toJson(): string {
    return JSON.stringify(this.rows(), (_, value) => {
      if (typeof value === "bigint")
        return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
      return value;
    });
  }
}

function lessThan(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number") return a < b;
  if (typeof a === "bigint" && typeof b === "bigint") return a < b;
  return String(a) < String(b);
}

function csvText(value: unknown): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  if (value === Number.POSITIVE_INFINITY) return "inf";
  if (value === Number.NEGATIVE_INFINITY) return "-inf";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
