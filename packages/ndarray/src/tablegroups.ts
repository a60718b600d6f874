import { type Columns, columnOf, isMissing, type NamedColumns, type Rows, takeCells } from "./column";
import { missingColumn } from "./columnname";
import { type ColumnStatistic, columnStatistics, statisticOf } from "./columnstatistic";
import { nearestName } from "./nearestname";
import type { Table } from "./table";

/** What is computed of each column: one statistic, or several. */
export type Aggregation = Readonly<Record<string, ColumnStatistic | readonly ColumnStatistic[]>>;

/** A text that is the same for equal values of some columns. */
export function keyTexts(columns: Columns, names: readonly string[], length: number): string[] {
  const keys = names.map((name) => columns.get(name)!);
  const text = (value: unknown) =>
    isMissing(value)
      ? ""
      : typeof value === "string" || typeof value === "object"
        ? JSON.stringify(value)
        : String(value);
  return Array.from({ length }, (_, row) => keys.map((values) => text(values[row])).join());
}

/** The rows of each group, groups in the order of their first rows. */
function rowsOfGroups(texts: readonly string[]): number[][] {
  const groups = new Map<string, number[]>();
  texts.forEach((text, row) => {
    const rows = groups.get(text);
    if (rows) rows.push(row);
    else groups.set(text, [row]);
  });
  return [...groups.values()];
}

function checkedStatistics(
  aggregation: Aggregation,
  columns: Columns,
): (readonly [column: string, statistic: ColumnStatistic])[] {
  return Object.entries(aggregation).flatMap(([name, statistics]) => {
    if (!columns.has(name)) throw missingColumn("aggregate", name, [...columns.keys()]);
    return [statistics].flat().map((statistic: ColumnStatistic) => {
      if (!columnStatistics.includes(statistic)) {
        const meant = nearestName(String(statistic), columnStatistics);
        throw new RangeError(
          `Cannot aggregate: a statistic must be one of ${columnStatistics.join(", ")}, got ${String(statistic)}${meant ? `; did you mean ${meant}?` : ""}`,
        );
      }
      return [name, statistic] as const;
    });
  });
}

/** Makes tables, which groups can't by themselves: the table's module imports theirs. */
interface TableMaker {
  /** A table of some of the rows. */
  take(rows: readonly number[]): Table;
  /** @param units unit by column name */
  make(columns: NamedColumns, units: Readonly<Record<string, string>>): Table;
  /** The unit of a column, if it is known. */
  unit(name: string): string | undefined;
}

/**
 * The groups of a table's rows that have equal values in some columns. `table.groupBy(name)` makes them.
 *
 * @example
 * for (const [image, group] of table.groupBy("image")) console.log(image, group.rowCount);
 */
// biome-ignore lint/suspicious/noExplicitAny: keys have the columns' types, which are not known here
export class TableGroups implements Iterable<[key: any, group: Table]> {
  readonly #columns: Columns;
  readonly #names: readonly string[];
  readonly #groups: readonly (readonly number[])[];
  readonly #tables: TableMaker;

  /** @param names of the columns that tell the groups apart */
  constructor({ columns, rowCount }: Rows, names: readonly string[], tables: TableMaker) {
    this.#columns = columns;
    this.#names = names;
    this.#groups = rowsOfGroups(keyTexts(columns, names, rowCount));
    this.#tables = tables;
  }

  /**
   * The groups, each with what its rows have in common: the value of the column, or an array of the values of several.
   * They come in the order of their first rows.
   */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  *[Symbol.iterator](): Iterator<[key: any, group: Table]> {
    for (const rows of this.#groups) {
      const values = this.#names.map((name) => this.#columns.get(name)![rows[0]]);
      yield [values.length === 1 ? values[0] : values, this.#tables.take(rows)];
    }
  }

  /** How many rows each group has: a table of the groups and their `count`. */
  count(): Table {
    const counts = Int32Array.from(this.#groups, (rows) => rows.length);
    return this.#make([["count", counts]]);
  }

  /**
   * Compute one row a group.
   *
   * @param aggregation the statistics of each column, `{ area: ["mean", "std"], label: "count" }`, which become columns
   *   `area_mean`, `area_std`, `label_count` (missing values are left out), in the unit of `area`; or a function that is given the table of a
   *   group and returns the row
   * @returns the columns that tell the groups apart, and those that were computed; groups in the order of their first
   *   rows
   * @throws {RangeError} if there is no such column or statistic
   * @throws {TypeError} if a column is not of numbers or booleans, or there are no statistics by column
   * @example
   * table.groupBy("image").aggregate({ area: ["mean", "sem"], label: "count" });
   */
  aggregate(aggregation: Aggregation | ((group: Table) => Readonly<Record<string, unknown>>)): Table {
    if (typeof aggregation === "function") {
      const rows = this.#groups.map((group) => aggregation(this.#tables.take(group)));
      const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      const computed = names.map((name) => [name, columnOf(rows.map((row) => row[name]))] as const);
      return this.#make(computed);
    }
    if (typeof aggregation !== "object" || aggregation === null || Array.isArray(aggregation)) {
      throw new TypeError(
        `Cannot aggregate: statistics by column are needed, got ${JSON.stringify(aggregation)}; use aggregate({ area: ["mean", "std"] })`,
      );
    }
    const units: Record<string, string> = {};
    const computed = checkedStatistics(aggregation, this.#columns).map(([name, statistic]) => {
      const values = this.#columns.get(name)!;
      const cells = this.#groups.map((rows) => statisticOf(statistic, takeCells(values, rows), name));
      const isCount = statistic === "count" || statistic === "unique";
      const title = `${name}_${statistic}`;
      const unit = this.#tables.unit(name);
      if (unit !== undefined && !isCount) units[title] = unit;
      return [title, isCount ? Int32Array.from(cells as number[]) : columnOf(cells)] as const;
    });
    return this.#make(computed, units);
  }

  /** What a cell shows. */
  toString(): string {
    return `${this.#groups.length} groups by ${this.#names.join(", ")}, to aggregate or to count`;
  }

  /** A table of the columns that tell the groups apart, and others. */
  #make(computed: NamedColumns, units: Record<string, string> = {}): Table {
    const firsts = this.#groups.map(([first]) => first);
    const keys = this.#names.map((name) => [name, takeCells(this.#columns.get(name)!, firsts)] as const);
    for (const name of this.#names) {
      const unit = this.#tables.unit(name);
      if (unit !== undefined) units[name] = unit;
    }
    return this.#tables.make([...keys, ...computed], units);
  }
}

Object.defineProperty(TableGroups.prototype, Symbol.for("nodejs.util.inspect.custom"), {
  value: TableGroups.prototype.toString,
});
