import { trans } from "../translation";
import type { SortedTable } from "./sortedtable";

const MOST_ROWS = 500;

/** What a person does in an HTML table. */
export interface HtmlTableActions {
  /** The header of a column was activated. */
  sort(column: number): void;
  /** The box of a record was ticked, or no longer is. */
  tick(record: number, isTicked: boolean): void;
}

/** A table as HTML. */
export interface HtmlTable {
  readonly node: HTMLTableElement;
  /** Tick the boxes of these records, and no others. */
  showSelection(records: readonly number[]): void;
}

/**
 * The table as HTML, for screen readers, the browser's search, and copying parts of it.
 *
 * @param caption says what the table holds
 * @returns the first 500 rows in the current order, each with a box that selects it
 */
export function htmlTable(source: SortedTable, caption: string, actions: HtmlTableActions): HtmlTable {
  const node = document.createElement("table");
  const shown = Math.min(source.rowCount, MOST_ROWS);
  const rest = source.rowCount - shown;
  node.createCaption().textContent =
    rest > 0 ? trans.__("%1; the first %2 rows, the CSV has all", caption, shown) : caption;
  node.createTHead().append(header(source, actions));

  const body = node.createTBody();
  const boxes = new Map<number, HTMLInputElement>();
  for (let row = 0; row < shown; row++) {
    const record = source.order[row];
    const line = body.insertRow();
    const box = tickBox(trans.__("Select %1", source.describe(record)), (isTicked) =>
      actions.tick(record, isTicked),
    );
    line.insertCell().append(box);
    boxes.set(record, box);
    for (let column = 0; column < source.columns.length; column++)
      line.insertCell().textContent = source.cell(row, column);
  }
  return {
    node,
    showSelection(records) {
      const ticked = new Set(records);
      for (const [record, box] of boxes) box.checked = ticked.has(record);
    },
  };
}

function header(source: SortedTable, { sort }: HtmlTableActions): HTMLTableRowElement {
  const row = document.createElement("tr");
  const selected = document.createElement("th");
  selected.scope = "col";
  selected.textContent = trans.__("selected");
  row.append(selected);
  source.columns.forEach((_, column) => {
    const cell = document.createElement("th");
    cell.scope = "col";
    if (source.sorting?.column === column) cell.setAttribute("aria-sort", source.sorting.direction);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = source.title(column);
    button.addEventListener("click", () => sort(column));
    cell.append(button);
    row.append(cell);
  });
  return row;
}

function tickBox(label: string, onChange: (isTicked: boolean) => void): HTMLInputElement {
  const box = document.createElement("input");
  box.type = "checkbox";
  box.setAttribute("aria-label", label);
  box.addEventListener("change", () => onChange(box.checked));
  return box;
}
