import {
  columnTitle,
  type MimeBundle,
  TABLE_MIME,
  type TableColumn,
  type TablePayload,
} from "@bioengine/mime";
import { Table } from "@bioengine/ndarray";
import { kindOf } from "../image/image";
import { labelsId, readLabels } from "../labels";
import { linkedMask } from "../link";
import { escapeMarkup } from "../markup";
import { countText } from "../numbertext";
import { cellText, tableDigest } from "./tabledigest";
import { tableColumns } from "./tablepayload";

const htmlRows = 50;

/**
 * Make the notebook output of a table: the interactive table's payload, an HTML table of the first 50 rows, and a
 * digest in words with the range of every column.
 *
 * @param table such as `regionpropsTable` returns; not modified, nothing shared with the bundle. Above 200,000 cells
 *   the payload holds the first rows only
 * @returns `TABLE_MIME`, `text/html` and `text/plain`
 * @throws {TypeError} if it is no Table
 * @example
 * const bundle = tableBundle(regionpropsTable(mask));
 */
export function tableBundle(table: Table): MimeBundle {
  if (!(table instanceof Table)) {
    throw new TypeError(
      `Cannot show table: it must be a Table such as regionpropsTable(mask) or new Table({ label: [1, 2] }), got ${kindOf(table)}`,
    );
  }
  const columns = tableColumns(table);
  for (const column of columns) {
    const unit = table.unit(column.name);
    if (unit !== undefined) column.unit = unit;
  }
  const digest = tableDigest(columns, table.rowCount);
  const payload: TablePayload = { version: 1, rowCount: table.rowCount, columns, digest };
  const mask = linkedMask(table);
  if (mask) payload.maskId = labelsId(readLabels(mask));
  return {
    data: { [TABLE_MIME]: payload, "text/html": tableHtml(columns, table.rowCount), "text/plain": digest },
    metadata: {},
  };
}

function tableHtml(columns: readonly TableColumn[], rowCount: number): string {
  const shown = Math.min(htmlRows, columns[0]?.values.length ?? 0);
  const caption = shown < rowCount ? `First ${shown} of ${rowCount} rows` : countText(rowCount, "row");
  const numeric = columns.map(({ dtype }) => /int|float/.test(dtype));
  const style = (index: number) => ` style="text-align: ${numeric[index] ? "right" : "left"}"`;
  const header = columns
    .map((column, i) => `<th scope="col"${style(i)}>${escapeMarkup(columnTitle(column))}</th>`)
    .join("");
  const rows = Array.from({ length: shown }, (_, row) => {
    const cells = columns.map(({ name, values }, i) => {
      const text = escapeMarkup(cellText(values[row]!));
      return name === "label" ? `<th scope="row"${style(i)}>${text}</th>` : `<td${style(i)}>${text}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  return [
    "<table>",
    `<caption style="caption-side: bottom; text-align: left">${caption}</caption>`,
    `<thead><tr>${header}</tr></thead>`,
    `<tbody>${rows.join("\n")}</tbody>`,
    "</table>",
  ].join("\n");
}
