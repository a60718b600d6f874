import type { TablePayload } from "@bioengine/mime";
import type { BasicSelectionModel, DataGrid } from "@lumino/datagrid";
import { type Message, MessageLoop } from "@lumino/messaging";
import { Panel, Widget } from "@lumino/widgets";
import { glyphButton, saveFile } from "./button";
import { copyText } from "./clipboard";
import { tableCsv } from "./csv";
import { htmlTable } from "./htmltable";
import { linkSelection, type SelectionLink } from "./selection";
import { SortedTable } from "./sortedtable";
import { applyTheme, fitGrid, tableGrid } from "./tablegrid";
import { TableModel } from "./tablemodel";
import { onThemeChange } from "./theme";

const NOTICE_MS = 2500;

/** A table that a person reads: a grid to sort and select in, or the same as HTML, and its CSV. */
export class TableView extends Panel {
  private readonly table: SortedTable;
  private readonly model: TableModel;
  private readonly grid: DataGrid;
  private readonly html = new Widget();
  private readonly status = document.createElement("span");
  private readonly link: SelectionLink | null;
  private readonly unwatchTheme: () => void;
  /** Selected records, ascending. */
  private selected: readonly number[] = [];
  /** While the grid is told of a selection made elsewhere. */
  private following = false;

  constructor(private readonly payload: TablePayload) {
    super();
    this.addClass("be-Table-view");
    this.table = new SortedTable(payload);
    this.model = new TableModel(this.table);
    this.grid = tableGrid(this.table, this.model, (column) => this.sort(column));
    this.grid.addClass("be-Table-grid");
    this.grid.viewport.node.setAttribute("aria-label", `${payload.digest}. Arrow keys select rows.`);
    this.html.addClass("be-Table-html");
    this.html.hide();
    applyTheme(this.grid, this.table);
    this.unwatchTheme = onThemeChange(() => applyTheme(this.grid, this.table));
    this.selection.changed.connect(this.onGridSelection, this);

    this.status.className = "be-Table-status";
    this.status.setAttribute("role", "status");
    this.addWidget(new Widget({ node: this.toolbar() }));
    this.addWidget(this.html);

    const { maskId } = payload;
    const linked = maskId !== undefined && this.table.hasLabels;
    this.link = linked ? linkSelection(maskId, (labels) => this.follow(labels)) : null;
    this.follow(this.link?.labels ?? []);
  }

  /** The grid adapts to the output's width; call it when that has changed. */
  resize(): void {
    MessageLoop.sendMessage(this.grid, Widget.ResizeMessage.UnknownSize);
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.unwatchTheme();
    this.link?.dispose();
    this.grid.dispose();
    super.dispose();
  }

  /** A grid that joins its parent earlier misses the message that gives it its listeners. */
  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    if (this.grid.parent) return;
    this.grid.node.style.height = `${fitGrid(this.grid, this.table, this.node.clientWidth)}px`;
    this.addWidget(this.grid);
    this.showGridSelection();
  }

  private get selection(): BasicSelectionModel {
    return this.grid.selectionModel as BasicSelectionModel;
  }

  private toolbar(): HTMLElement {
    const bar = document.createElement("div");
    bar.className = "be-Table-toolbar";
    const asHtml = glyphButton("rows", "Show as an HTML table, for screen readers", () => {
      this.html.setHidden(!this.html.isHidden);
      this.grid.setHidden(!this.html.isHidden);
      asHtml.setAttribute("aria-pressed", String(!this.html.isHidden));
      this.fillHtml();
    });
    asHtml.setAttribute("aria-pressed", "false");
    const csv = () => tableCsv(this.table.columns, this.table.order);
    const copy = glyphButton("copy", "Copy as CSV, in this order", () => {
      void copyText(csv()).then(() => {
        this.status.textContent = "Copied as CSV";
        window.setTimeout(() => this.showStatus(), NOTICE_MS);
      });
    });
    const save = glyphButton("download", "Save as CSV, in this order", () =>
      saveFile("table.csv", new Blob([csv()], { type: "text/csv" })),
    );
    bar.append(this.status, asHtml, copy, save);
    return bar;
  }

  private sort(column: number): void {
    this.table.sort(column);
    this.model.announceOrder();
    this.showGridSelection();
    this.fillHtml();
  }

  private fillHtml(): void {
    if (!this.html.isHidden)
      this.html.node.replaceChildren(
        htmlTable(this.table, this.payload.digest, (column) => this.sort(column)),
      );
  }

  private onGridSelection(): void {
    if (this.following) return;
    const records = new Set<number>();
    for (const { r1, r2 } of this.selection.selections())
      for (let row = Math.min(r1, r2); row <= Math.max(r1, r2); row++) records.add(this.table.order[row]);
    this.selected = [...records].sort((a, b) => a - b);
    this.link?.select(this.selected.map((record) => this.table.labelOf(record)));
    this.showStatus();
  }

  private follow(labels: readonly number[]): void {
    this.selected = this.table.recordsOf(labels);
    this.showGridSelection();
    this.showStatus();
  }

  private showGridSelection(): void {
    const { order, columns } = this.table;
    const wanted = new Set(this.selected);
    const rows = [...order.keys()].filter((row) => wanted.has(order[row]));
    this.following = true;
    this.selection.clear();
    rows.forEach((first, i) => {
      if (rows[i - 1] === first - 1) return;
      let last = first;
      while (wanted.has(order[last + 1])) last++;
      const range = { r1: first, r2: last, c1: 0, c2: columns.length - 1 };
      this.selection.select({ ...range, cursorRow: first, cursorColumn: 0, clear: "none" });
    });
    this.following = false;
    if (rows.length > 0 && this.grid.isAttached) this.grid.scrollToRow(rows[0]);
  }

  private showStatus(): void {
    const { rowCount, columns } = this.payload;
    const rows = this.table.rowCount;
    const size = `${rows < rowCount ? `${rows} of ${rowCount}` : rows} rows × ${columns.length} columns`;
    const [first, second] = this.selected;
    if (first === undefined) this.status.textContent = size;
    else if (second === undefined) this.status.textContent = `${size} · ${this.table.describe(first)}`;
    else this.status.textContent = `${size} · ${this.selected.length} rows selected`;
  }
}
