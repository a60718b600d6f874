import type { TableColumn, TablePayload } from "@bioengine/mime";
import { DataModel } from "@lumino/datagrid";
import { type CellFormat, columnFormat, columnTitle } from "./columnformat";
import { nextSorting, type Sorting, sortOrder } from "./sortorder";

const MARKS = { ascending: " ▲", descending: " ▼" } as const;

/** A payload's table as the data grid reads it: formatted cells, in the order a person sorted them. */
export class TableModel extends DataModel {
  readonly columns: readonly TableColumn[];
  /** Row number of the payload at each row of the grid. */
  order: Uint32Array;
  sorting: Sorting | null = null;
  private readonly formats: readonly CellFormat[];
  private readonly unsorted: Uint32Array;
  private readonly labels: TableColumn["values"] | undefined;

  constructor(payload: TablePayload) {
    super();
    this.columns = payload.columns;
    this.formats = payload.columns.map(columnFormat);
    this.unsorted = Uint32Array.from({ length: payload.columns[0]?.values.length ?? 0 }, (_, row) => row);
    this.order = this.unsorted;
    this.labels = payload.columns.find(({ name }) => name === "label")?.values;
  }

  override rowCount(region: DataModel.RowRegion): number {
    return region === "body" ? this.order.length : 1;
  }

  override columnCount(region: DataModel.ColumnRegion): number {
    return region === "body" ? this.columns.length : 1;
  }

  override data(region: DataModel.CellRegion, row: number, column: number): string {
    if (region === "body") return this.formats[column](this.columns[column].values[this.order[row]]);
    if (region === "row-header") return String(this.order[row]);
    return region === "column-header" ? this.title(column) : "";
  }

  /** A column's header with its unit and sort mark. */
  title(column: number): string {
    const mark = this.sorting?.column === column ? MARKS[this.sorting.direction] : "";
    return columnTitle(this.columns[column]) + mark;
  }

  /** Sort by a column: ascending, descending, and at the third call back to the original order. */
  sort(column: number): void {
    this.sorting = nextSorting(this.sorting, column);
    this.order = this.sorting ? sortOrder(this.columns[column], this.sorting.direction) : this.unsorted;
    const all = { row: 0, column: 0, columnSpan: this.columns.length };
    this.emitChanged({ type: "cells-changed", region: "column-header", rowSpan: 1, ...all });
    this.emitChanged({ type: "cells-changed", region: "body", rowSpan: this.order.length, ...all });
    this.emitChanged({
      type: "cells-changed",
      region: "row-header",
      row: 0,
      column: 0,
      rowSpan: this.order.length,
      columnSpan: 1,
    });
  }

  /** Whether the rows are labelled objects. */
  get hasLabels(): boolean {
    return this.labels !== undefined;
  }

  /** The label of a row of the payload, 0 if it has none. */
  labelOf(payloadRow: number): number {
    return Number(this.labels?.[payloadRow] ?? 0);
  }

  /** The payload's rows of some labels. */
  rowsOf(labels: readonly number[]): number[] {
    const wanted = new Set(labels);
    return [...this.unsorted].filter((row) => wanted.has(this.labelOf(row)));
  }

  /** A row of the payload in words, from its first columns. */
  describe(payloadRow: number): string {
    const cells = this.columns.slice(0, 4).map((column, index) => {
      return `${columnTitle(column)} ${this.formats[index](column.values[payloadRow])}`;
    });
    return cells.join(" · ");
  }
}
