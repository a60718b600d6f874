import type { TableModel } from "./tablemodel";

const MOST_ROWS = 500;

/**
 * The table as HTML, for screen readers, the browser's search, and copying parts of it.
 *
 * @param caption says what the table holds
 * @param sort called with the column whose header was activated
 * @returns the first 500 rows in the model's order
 */
export function htmlTable(model: TableModel, caption: string, sort: (column: number) => void): HTMLElement {
  const table = document.createElement("table");
  const shown = Math.min(model.rowCount("body"), MOST_ROWS);
  const rest = model.rowCount("body") - shown;
  table.createCaption().textContent =
    rest > 0 ? `${caption}; the first ${shown} rows, the CSV has all` : caption;

  const header = table.createTHead().insertRow();
  model.columns.forEach((_, column) => {
    const cell = document.createElement("th");
    cell.scope = "col";
    if (model.sorting?.column === column) cell.setAttribute("aria-sort", model.sorting.direction);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = model.title(column);
    button.addEventListener("click", () => sort(column));
    cell.append(button);
    header.append(cell);
  });

  const body = table.createTBody();
  for (let row = 0; row < shown; row++) {
    const line = body.insertRow();
    for (let column = 0; column < model.columns.length; column++)
      line.insertCell().textContent = model.data("body", row, column);
  }
  return table;
}
