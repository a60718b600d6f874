import { columnTitle } from "@bioengine/mime";
import { trans } from "../translation";
import { describeFilter } from "./rowfilter";
import type { SortedTable } from "./sortedtable";

/**
 * The filters of a table as buttons that end them.
 *
 * @param end called with the column whose filter a person ends
 */
export function filterChips(table: SortedTable, end: (column: number) => void): HTMLButtonElement[] {
  return [...table.filters].map(([column, filter]) => {
    const text = describeFilter(columnTitle(table.columns[column]), filter);
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "be-Chip";
    chip.textContent = `${text} ×`;
    chip.title = trans.__("Show all rows again");
    chip.setAttribute("aria-label", trans.__("End the filter %1", text));
    chip.addEventListener("click", () => end(column));
    return chip;
  });
}
