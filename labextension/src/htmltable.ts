import type { SortedTable } from "./sortedtable";

const MOST_ROWS = 500;

/**
 * The table as HTML, for screen readers, the browser's search, and copying parts of it.
 *
 * @param caption says what the table holds
 * @param sort called with the column whose header was activated
 * @returns the first 500 rows in the current order
 */
export function htmlTable(source: SortedTable, caption: string, sort: (column: number) => void): HTMLElement {
  const table = document.createElement("table");
  const shown = Math.min(source.rowCount, MOST_ROWS);
  const rest = source.rowCount - shown;
  table.createCaption().textContent =
    rest > 0 ? `${caption}; the first ${shown} rows, the CSV has all` : caption;

  const header = table.createTHead().insertRow();
  source.columns.forEach((_, column) => {
    const cell = document.createElement("th");
    cell.scope = "col";
    if (source.sorting?.column === column) cell.setAttribute("aria-sort", source.sorting.direction);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = source.title(column);
    button.addEventListener("click", () => sort(column));
    cell.append(button);
    header.append(cell);
  });

  const body = table.createTBody();
  for (let row = 0; row < shown; row++) {
    const line = body.insertRow();
    for (let column = 0; column < source.columns.length; column++)
      line.insertCell().textContent = source.cell(row, column);
  }
  return table;
}
