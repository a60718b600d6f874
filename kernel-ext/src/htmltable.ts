/** A table for people to read. */
export interface TableText {
  readonly columns: readonly string[];
  /** One text per column. */
  readonly rows: readonly (readonly string[])[];
  /** What stands below it, if anything must be said. */
  readonly note?: string | undefined;
}

/**
 * Write a table in HTML; texts are shown as they are.
 *
 * @example
 * htmlTable({ columns: ["a"], rows: [["<1>"]] });
 * // <table><thead><tr><th>a</th></tr></thead><tbody><tr><td>&lt;1&gt;</td></tr></tbody></table>
 */
export function htmlTable({ columns, rows, note }: TableText): string {
  const row = (cells: readonly string[], tag: "th" | "td"): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join("")}</tr>`;
  const body = rows.map((cells) => row(cells, "td")).join("");
  const table = `<table><thead>${row(columns, "th")}</thead><tbody>${body}</tbody></table>`;
  return note === undefined ? table : `${table}<p>${escaped(note)}</p>`;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
