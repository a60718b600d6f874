import { columnTitle, type TableColumn, type TablePayload } from "@bioengine/mime";
import { type CellFormat, columnFormat } from "./columnformat";
import { passing, type RowFilter } from "./rowfilter";
import { nextSorting, type Sorting, sortOrder } from "./sortorder";

const MARKS = { ascending: " ▲", descending: " ▼" } as const;
const DESCRIBED_COLUMNS = 4;

/**
 * A payload's table as text, in the order that a person chose, without the rows that they filtered out. Its rows
 * are numbered from 0 by where they are shown; a record is a row's number in the payload, which neither changes.
 */
export class SortedTable {
  readonly columns: readonly TableColumn[];
  private readonly formats: readonly CellFormat[];
  private readonly unsorted: Uint32Array;
  private readonly labels: TableColumn["values"] | undefined;
  private currentOrder: Uint32Array;
  private currentSorting: Sorting | null = null;
  /** All records, in the order of `currentSorting`. */
  private sorted: Uint32Array;
  private readonly currentFilters = new Map<number, RowFilter>();
  private readonly passed = new Map<number, Uint8Array>();

  /** @param payload kept, not modified */
  constructor(payload: TablePayload) {
    this.columns = payload.columns;
    this.formats = payload.columns.map(columnFormat);
    this.unsorted = Uint32Array.from({ length: payload.columns[0]?.values.length ?? 0 }, (_, row) => row);
    this.sorted = this.unsorted;
    this.currentOrder = this.unsorted;
    this.labels = payload.columns.find(({ name }) => name === "label")?.values;
  }

  /** Rows that pass all filters. */
  get rowCount(): number {
    return this.currentOrder.length;
  }

  get recordCount(): number {
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
    this.sorted = this.currentSorting
      ? sortOrder(this.columns[column], this.currentSorting.direction)
      : this.unsorted;
    this.leaveOut();
  }

  /** The filters by column. */
  get filters(): ReadonlyMap<number, RowFilter> {
    return this.currentFilters;
  }

  /** Show only the rows that a column's filter lets through, and those of the other columns; `null` ends it. */
  filter(column: number, filter: RowFilter | null): void {
    if (filter) {
      this.currentFilters.set(column, filter);
      this.passed.set(column, passing(this.columns[column], filter));
    } else {
      this.currentFilters.delete(column);
      this.passed.delete(column);
    }
    this.leaveOut();
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
      const unit = column.unit ? ` ${column.unit}` : "";
      return `${column.name} ${this.formats[index](column.values[record])}${unit}`;
    });
    return cells.join(" · ");
  }

  private leaveOut(): void {
    const filters = [...this.passed.values()];
    this.currentOrder =
      filters.length === 0
        ? this.sorted
        : this.sorted.filter((record) => filters.every((passes) => passes[record] === 1));
  }
}
