import type { TableColumn, TablePayload } from "@bioengine/mime";
import { type CellFormat, columnFormat, columnTitle } from "./columnformat";
import { nextSorting, type Sorting, sortOrder } from "./sortorder";

const MARKS = { ascending: " ▲", descending: " ▼" } as const;
const DESCRIBED_COLUMNS = 4;

/**
 * A payload's table as text, in the order that a person chose. Its rows are numbered from 0 by where they are
 * shown; a record is a row's number in the payload, which sorting does not change.
 */
export class SortedTable {
  readonly columns: readonly TableColumn[];
  private readonly formats: readonly CellFormat[];
  private readonly unsorted: Uint32Array;
  private readonly labels: TableColumn["values"] | undefined;
  private currentOrder: Uint32Array;
  private currentSorting: Sorting | null = null;

  /** @param payload kept, not modified */
  constructor(payload: TablePayload) {
    this.columns = payload.columns;
    this.formats = payload.columns.map(columnFormat);
    this.unsorted = Uint32Array.from({ length: payload.columns[0]?.values.length ?? 0 }, (_, row) => row);
    this.currentOrder = this.unsorted;
    this.labels = payload.columns.find(({ name }) => name === "label")?.values;
  }

  get rowCount(): number {
    return this.unsorted.length;
  }

  /** The record at each row; not to be modified. */
  get order(): Uint32Array {
    return this.currentOrder;
  }

  get sorting(): Sorting | null {
    return this.currentSorting;
  }

  /** Whether the rows are labelled objects. */
  get hasLabels(): boolean {
    return this.labels !== undefined;
  }

  /** Sort by a column: ascending, descending, and at the third call back to the original order. */
  sort(column: number): void {
    this.currentSorting = nextSorting(this.currentSorting, column);
    this.currentOrder = this.currentSorting
      ? sortOrder(this.columns[column], this.currentSorting.direction)
      : this.unsorted;
  }

  /** The text of a cell. */
  cell(row: number, column: number): string {
    return this.formats[column](this.columns[column].values[this.currentOrder[row]]);
  }

  /** A column's header with its unit and sort mark. */
  title(column: number): string {
    const sorting = this.currentSorting;
    return columnTitle(this.columns[column]) + (sorting?.column === column ? MARKS[sorting.direction] : "");
  }

  /** The label of a record, 0 if it has none. */
  labelOf(record: number): number {
    return Number(this.labels?.[record] ?? 0);
  }

  /** The records of some labels, ascending. */
  recordsOf(labels: readonly number[]): number[] {
    const wanted = new Set(labels);
    return [...this.unsorted].filter((record) => wanted.has(this.labelOf(record)));
  }

  /** A record in words, from the first columns. */
  describe(record: number): string {
    const cells = this.columns.slice(0, DESCRIBED_COLUMNS).map((column, index) => {
      return `${columnTitle(column)} ${this.formats[index](column.values[record])}`;
    });
    return cells.join(" · ");
  }
}
