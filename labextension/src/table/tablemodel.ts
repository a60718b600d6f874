import { DataModel } from "@lumino/datagrid";
import type { SortedTable } from "./sortedtable";

/** A sorted table as the data grid reads it. */
export class TableModel extends DataModel {
  constructor(private readonly table: SortedTable) {
    super();
  }

  override rowCount(region: DataModel.RowRegion): number {
    return region === "body" ? this.table.rowCount : 1;
  }

  override columnCount(region: DataModel.ColumnRegion): number {
    return region === "body" ? this.table.columns.length : 0;
  }

  override data(region: DataModel.CellRegion, row: number, column: number): string {
    if (region === "body") return this.table.cell(row, column);
    return region === "column-header" ? this.table.title(column) : "";
  }

  /**
   * Let the grid draw the table's new order; unlike a reset, this keeps column widths.
   *
   * @param before rows that there were before
   */
  announceOrder(before: number): void {
    const { rowCount, columns } = this.table;
    const span = Math.abs(rowCount - before);
    const type = rowCount < before ? "rows-removed" : "rows-inserted";
    if (span > 0) this.emitChanged({ type, region: "body", index: Math.min(rowCount, before), span });
    const changed = (region: DataModel.CellRegion, rowSpan: number, columnSpan: number) =>
      this.emitChanged({ type: "cells-changed", region, row: 0, column: 0, rowSpan, columnSpan });
    changed("column-header", 1, columns.length);
    if (rowCount === 0) return;
    changed("body", rowCount, columns.length);
  }
}
