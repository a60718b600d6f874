import { BasicKeyHandler, BasicMouseHandler, DataGrid, TextRenderer } from "@lumino/datagrid";
import { tableTheme } from "../theme";
import { trans } from "../translation";
import { isNumeric } from "./columnnumbers";
import type { RowSelection } from "./rowselection";
import type { SortedTable } from "./sortedtable";
import type { TableModel } from "./tablemodel";

const ROW_HEIGHT = 24;
const HEADER_HEIGHT = 28;
const TALLEST_GRID = 400;
const SCROLLBAR = 18;
const MEASURED_ROWS = 200;
const NARROWEST_COLUMN = 56;
const WIDEST_COLUMN = 280;
const CELL_PADDING = 24;
const RESIZE_HANDLE = 6;

/** As in every grid, but Tab leaves the grid instead of moving in it, and Ctrl or ⌘ with A selects all rows. */
class TableKeyHandler extends BasicKeyHandler {
  override onKeyDown(grid: DataGrid, event: KeyboardEvent): void {
    if (event.key === "Tab") return;
    if (!isWithControl(event, "a")) {
      super.onKeyDown(grid, event);
      return;
    }
    event.preventDefault();
    const r2 = grid.rowCount("body") - 1;
    grid.selectionModel?.select({ r1: 0, r2, c1: 0, c2: 0, cursorRow: 0, cursorColumn: 0, clear: "all" });
  }
}

/** A click on a header sorts; between two headers it still resizes. */
class TableMouseHandler extends BasicMouseHandler {
  constructor(private readonly sort: (column: number) => void) {
    super();
  }

  override onMouseDown(grid: DataGrid, event: MouseEvent): void {
    const column = sortableColumn(grid, event);
    if (column === null) super.onMouseDown(grid, event);
    else this.sort(column);
  }

  override onMouseHover(grid: DataGrid, event: MouseEvent): void {
    super.onMouseHover(grid, event);
    if (sortableColumn(grid, event) !== null) grid.viewport.node.style.cursor = "pointer";
  }
}

function sortableColumn(grid: DataGrid, event: MouseEvent): number | null {
  const hit = grid.hitTest(event.clientX, event.clientY);
  if (hit.region !== "column-header") return null;
  return hit.x > RESIZE_HANDLE && hit.width - hit.x > RESIZE_HANDLE ? hit.column : null;
}

/** Whether a focused grid uses this key. */
export function isGridKey(event: KeyboardEvent): boolean {
  if (isWithControl(event, "c") || isWithControl(event, "a")) return true;
  return /^(Arrow|Page)/.test(event.key) || event.key === "Escape" || event.key === "Enter";
}

function isWithControl(event: KeyboardEvent, letter: string): boolean {
  return (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === letter;
}

/**
 * The data grid of a table, whose rows are selected whole.
 *
 * @param sort called with the column whose header was clicked
 */
export function tableGrid(
  model: TableModel,
  selection: RowSelection,
  sort: (column: number) => void,
): DataGrid {
  const grid = new DataGrid({
    headerVisibility: "column",
    defaultSizes: {
      rowHeight: ROW_HEIGHT,
      columnWidth: NARROWEST_COLUMN,
      rowHeaderWidth: NARROWEST_COLUMN,
      columnHeaderHeight: HEADER_HEIGHT,
    },
  });
  grid.dataModel = model;
  grid.selectionModel = selection;
  grid.keyHandler = new TableKeyHandler();
  grid.mouseHandler = new TableMouseHandler(sort);
  grid.viewport.node.tabIndex = 0;
  grid.viewport.node.setAttribute("role", "application");
  grid.viewport.node.setAttribute("aria-roledescription", trans.__("data grid"));
  return grid;
}

/** Draw the grid in JupyterLab's current theme; call it again when the theme has changed. */
export function applyTheme(grid: DataGrid, table: SortedTable): void {
  const theme = tableTheme();
  grid.style = theme.grid;
  const alignment = table.columns.map((column) => (isNumeric(column) ? "right" : "left"));
  const shared = { horizontalPadding: 10, elideDirection: "right" } as const;
  grid.cellRenderers.update({
    body: new TextRenderer({
      ...shared,
      font: theme.font,
      textColor: theme.text,
      horizontalAlignment: ({ column }) => alignment[column],
    }),
    "column-header": new TextRenderer({
      ...shared,
      font: theme.headerFont,
      textColor: theme.headerText,
      horizontalAlignment: ({ column }) => alignment[column],
    }),
  });
}

/**
 * Make each column as wide as its widest text, measured on the header and the first rows.
 *
 * @returns the height in CSS pixels that shows all rows, at most 400
 */
export function fitGrid(grid: DataGrid, table: SortedTable, availableWidth: number): number {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return TALLEST_GRID;
  const theme = tableTheme();
  const rows = Math.min(MEASURED_ROWS, table.rowCount);
  let total = 0;
  table.columns.forEach((_, column) => {
    pen.font = theme.headerFont;
    let widest = pen.measureText(`${table.title(column)} ▲`).width;
    pen.font = theme.font;
    for (let row = 0; row < rows; row++)
      widest = Math.max(widest, pen.measureText(table.cell(row, column)).width);
    const width = Math.min(Math.max(Math.ceil(widest) + CELL_PADDING, NARROWEST_COLUMN), WIDEST_COLUMN);
    grid.resizeColumn("body", column, width);
    total += width;
  });
  const height = HEADER_HEIGHT + table.rowCount * ROW_HEIGHT + (total > availableWidth ? SCROLLBAR : 0);
  return Math.min(height + 2, TALLEST_GRID);
}
