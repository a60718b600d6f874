import type { TablePayload } from "@bioengine/mime";
import type { DataGrid } from "@lumino/datagrid";
import { type Message, MessageLoop } from "@lumino/messaging";
import { Panel, Widget } from "@lumino/widgets";
import { linkSelection, type SelectionLink } from "../selection";
import { selectionCode } from "../selectioncode";
import { shareTable } from "../sharedtables";
import { onThemeChange } from "../theme";
import { trans } from "../translation";
import { tableCsv } from "./csv";
import { filterChips } from "./filterchips";
import { type HtmlTable, htmlTable } from "./htmltable";
import { PlotPanel } from "./plotpanel";
import { RowSelection } from "./rowselection";
import { SortedTable } from "./sortedtable";
import { applyTheme, fitGrid, tableGrid } from "./tablegrid";
import { TableModel } from "./tablemodel";
import { type TableToolbar, tableToolbar } from "./tabletoolbar";

/** A table that a person reads: a grid to sort and select in, or the same as HTML, and plots of its columns. */
export class TableView extends Panel {
  private readonly table: SortedTable;
  private readonly model: TableModel;
  private readonly rows: RowSelection;
  private readonly grid: DataGrid;
  private readonly html = new Widget();
  private htmlTable: HtmlTable | undefined;
  private readonly plots: PlotPanel;
  private readonly plotsWidget: Widget;
  private readonly chips = document.createElement("div");
  private readonly toolbar: TableToolbar;
  private readonly link: SelectionLink | null;
  private readonly unshareTable: (() => void) | undefined;
  private readonly unwatchTheme: () => void;
  /** Selected records, ascending. */
  private selected: readonly number[] = [];

  constructor(private readonly payload: TablePayload) {
    super();
    this.addClass("be-Table-view");
    this.table = new SortedTable(payload);
    this.model = new TableModel(this.table);
    this.rows = new RowSelection(this.model, this.table, (records) => this.choose(records));
    this.grid = tableGrid(this.model, this.rows, (column) => this.sort(column));
    this.grid.addClass("be-Table-grid");
    this.grid.viewport.node.setAttribute(
      "aria-label",
      trans.__("%1. Arrow keys select rows.", payload.digest.split("\n")[0]),
    );
    this.html.addClass("be-Table-html");
    this.html.hide();
    this.plots = new PlotPanel(this.table, {
      choose: (records) => {
        this.choose([...new Set(records)].sort((a, b) => a - b));
        this.showRows();
      },
      filter: (column, filter) => this.rearrange(() => this.table.filter(column, filter)),
    });
    this.plotsWidget = new Widget({ node: this.plots.node });
    this.plotsWidget.hide();
    this.chips.className = "be-Table-chips";
    applyTheme(this.grid, this.table);
    this.unwatchTheme = onThemeChange(() => {
      applyTheme(this.grid, this.table);
      this.plots.repaint();
    });

    this.toolbar = this.makeToolbar();
    const head = new Widget();
    head.node.append(this.toolbar.node, this.chips);
    for (const widget of [head, this.plotsWidget, this.html]) this.addWidget(widget);

    const { maskId } = payload;
    const linked = maskId !== undefined && this.table.hasLabels;
    this.link = linked ? linkSelection(maskId, (labels) => this.follow(labels)) : null;
    if (linked) this.unshareTable = shareTable(maskId, payload);
    this.follow(this.link?.labels ?? []);
  }

  /** Grid and plots adapt to the output's width; call it when that has changed. */
  resize(): void {
    MessageLoop.sendMessage(this.grid, Widget.ResizeMessage.UnknownSize);
    this.plots.repaint();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.unwatchTheme();
    this.link?.dispose();
    this.plots.dispose();
    this.unshareTable?.();
    this.grid.dispose();
    super.dispose();
  }

  /** A grid that joins its parent earlier misses the message that gives it its listeners. */
  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    if (this.grid.parent) return;
    this.grid.node.style.height = `${fitGrid(this.grid, this.table, this.node.clientWidth)}px`;
    this.addWidget(this.grid);
    this.showRows();
  }

  private makeToolbar(): TableToolbar {
    const { table } = this;
    return tableToolbar({
      showPlots: (shown) => {
        this.plotsWidget.setHidden(!shown);
        this.plots.update();
      },
      showHtml: (shown) => {
        this.html.setHidden(!shown);
        this.grid.setHidden(shown);
        this.fillHtml();
      },
      csv: () => tableCsv(table.columns, table.order),
      selectedCsv: () => {
        const wanted = new Set(this.selected);
        const shown = table.order.filter((record) => wanted.has(record));
        return tableCsv(table.columns, shown.length > 0 ? shown : table.order);
      },
      code: table.hasLabels ? () => selectionCode(this.selectedLabels()) : null,
    });
  }

  private sort(column: number): void {
    this.rearrange(() => this.table.sort(column));
  }

  private rearrange(change: () => void): void {
    const before = this.table.rowCount;
    change();
    this.model.announceOrder(before);
    this.showRows();
    this.fillHtml();
    this.chips.replaceChildren(
      ...filterChips(this.table, (column) => this.rearrange(() => this.table.filter(column, null))),
    );
    if (!this.plotsWidget.isHidden) this.plots.update();
    this.showStatus();
  }

  private fillHtml(): void {
    if (this.html.isHidden) return;
    this.htmlTable = htmlTable(this.table, this.payload.digest.split("\n")[0], {
      sort: (column) => this.sort(column),
      tick: (record, isTicked) => {
        const others = this.selected.filter((other) => other !== record);
        this.choose(isTicked ? [...others, record].sort((a, b) => a - b) : others);
        this.showRows();
      },
    });
    this.html.node.replaceChildren(this.htmlTable.node);
    this.htmlTable.showSelection(this.selected);
  }

  /** A person has selected these records in this view. */
  private choose(records: readonly number[]): void {
    this.selected = records;
    this.link?.select(this.selectedLabels());
    this.showSelection();
  }

  private follow(labels: readonly number[]): void {
    this.selected = this.table.recordsOf(labels);
    this.showRows();
    this.showSelection();
  }

  private selectedLabels(): number[] {
    return this.selected.map((record) => this.table.labelOf(record));
  }

  /** Let the grid show the selection, and its first row. */
  private showRows(): void {
    this.rows.replace(this.selected);
    for (const { r1 } of this.rows.selections()) {
      if (this.grid.isAttached) this.grid.scrollToRow(r1);
      return;
    }
  }

  private showSelection(): void {
    this.plots.showSelection(this.selected);
    this.htmlTable?.showSelection(this.selected);
    this.showStatus();
  }

  private showStatus(): void {
    const { rowCount, columns } = this.payload;
    const rows = this.table.rowCount;
    const size =
      rows < rowCount
        ? trans.__("%1 of %2 rows × %3 columns", rows, rowCount, columns.length)
        : trans.__("%1 rows × %2 columns", rowCount, columns.length);
    const [first, second] = this.selected;
    if (first === undefined) this.toolbar.showStatus(size);
    else if (second === undefined) this.toolbar.showStatus(`${size} · ${this.table.describe(first)}`);
    else this.toolbar.showStatus(trans.__("%1 · %2 rows selected", size, this.selected.length));
  }
}
