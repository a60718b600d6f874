import { SelectionModel } from "@lumino/datagrid";
import type { SortedTable } from "./sortedtable";
import type { TableModel } from "./tablemodel";

/** Consecutive rows, both included. */
interface RowRange {
  first: number;
  last: number;
}

/**
 * The selected rows of a table, as the data grid reads and changes them. It keeps records, of which there may be tens
 * of thousands anywhere in the table; lumino's own model keeps ranges, and looks at all of them for each new one.
 */
export class RowSelection extends SelectionModel {
  private kept = new Set<number>();
  /** The rows that the last click or key has added, which Shift makes longer or shorter. */
  private current: RowRange | null = null;
  private cursor = -1;
  private ranges: RowRange[] | null = null;

  /** @param choose called with the selected records, ascending, when a person has changed them in the grid */
  constructor(
    model: TableModel,
    private readonly table: SortedTable,
    private readonly choose: (records: readonly number[]) => void,
  ) {
    super({ dataModel: model, selectionMode: "row" });
  }

  /** Select these records, wherever they are shown now, and no others. */
  replace(records: Iterable<number>): void {
    this.kept = new Set(records);
    this.current = null;
    this.change();
  }

  get isEmpty(): boolean {
    return this.kept.size === 0 && this.current === null;
  }

  get cursorRow(): number {
    return this.cursor;
  }

  get cursorColumn(): number {
    return this.cursor < 0 ? -1 : 0;
  }

  currentSelection(): SelectionModel.Selection | null {
    return this.current && this.asSelection(this.current);
  }

  *selections(): IterableIterator<SelectionModel.Selection> {
    this.ranges ??= this.findRanges();
    for (const range of this.ranges) yield this.asSelection(range);
  }

  select({ r1, r2, cursorRow, clear }: SelectionModel.SelectArgs): void {
    const end = this.table.rowCount - 1;
    if (end < 0) return;
    const [first, last] = [Math.min(r1, r2), Math.max(r1, r2)].map((row) => Math.max(0, Math.min(row, end)));
    if (clear === "all") this.kept.clear();
    else if (clear === "none") this.keepCurrent();
    const record = this.table.order[first];
    const toggles = clear === "none" && first === last && this.kept.has(record);
    if (toggles) this.kept.delete(record);
    this.current = toggles ? null : { first, last };
    this.cursor = cursorRow < first || cursorRow > last ? first : cursorRow;
    this.tell();
  }

  clear(): void {
    if (this.isEmpty) return;
    this.kept.clear();
    this.current = null;
    this.cursor = -1;
    this.tell();
  }

  /** The cursor moves over selected cells while someone edits them, which nobody does here. */
  moveCursorWithinSelections(): void {}

  /** Rows that come and go have their table's view replace the selection. */
  protected override onDataModelChanged(): void {}

  private tell(): void {
    this.change();
    const records = new Set(this.kept);
    if (this.current) this.addTo(records, this.current);
    this.choose([...records].sort((a, b) => a - b));
  }

  private change(): void {
    this.ranges = null;
    this.emitChanged();
  }

  private keepCurrent(): void {
    if (this.current) this.addTo(this.kept, this.current);
  }

  private addTo(records: Set<number>, { first, last }: RowRange): void {
    for (let row = first; row <= last; row++) records.add(this.table.order[row]);
  }

  private findRanges(): RowRange[] {
    const ranges: RowRange[] = [];
    const { current } = this;
    this.table.order.forEach((record, row) => {
      const isCurrent = current !== null && row >= current.first && row <= current.last;
      if (!isCurrent && !this.kept.has(record)) return;
      const before = ranges[ranges.length - 1];
      if (before?.last === row - 1) before.last = row;
      else ranges.push({ first: row, last: row });
    });
    return ranges;
  }

  private asSelection({ first, last }: RowRange): SelectionModel.Selection {
    return { r1: first, r2: last, c1: 0, c2: this.table.columns.length - 1 };
  }
}
