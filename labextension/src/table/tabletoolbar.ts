import { glyphButton, saveFile } from "../button";
import { copyText } from "../clipboard";
import { trans } from "../translation";

const NOTICE_MS = 2500;

/** What the toolbar of a table does. */
export interface TableActions {
  showPlots(shown: boolean): void;
  showHtml(shown: boolean): void;
  /** All rows as CSV. */
  csv(): string;
  /** The selected rows as CSV, all if there are none. */
  selectedCsv(): string;
  /** The selection as TypeScript; `null` if the rows have no labels. */
  readonly code: (() => string) | null;
}

/** The line above a table: its state in words, for screen readers too, and buttons. */
export interface TableToolbar {
  readonly node: HTMLElement;
  showStatus(text: string): void;
}

/** The toolbar of a table. */
export function tableToolbar(actions: TableActions): TableToolbar {
  const node = document.createElement("div");
  node.className = "be-Table-toolbar";
  const status = document.createElement("span");
  status.className = "be-Table-status";
  status.setAttribute("role", "status");
  let text = "";
  const copy = (content: string, notice: string) =>
    void copyText(content).then(() => {
      status.textContent = notice;
      window.setTimeout(() => {
        status.textContent = text;
      }, NOTICE_MS);
    });
  const { code } = actions;
  node.append(
    status,
    toggle("chart", trans.__("Show plots, figures and a filter"), actions.showPlots),
    toggle("rows", trans.__("Show as an HTML table, for screen readers"), actions.showHtml),
    ...(code
      ? [
          glyphButton("code", trans.__("Copy the selection as TypeScript"), () =>
            copy(code(), trans.__("Selection copied: paste it into a cell")),
          ),
        ]
      : []),
    glyphButton("copy", trans.__("Copy the selected rows as CSV, all if none is selected"), () =>
      copy(actions.selectedCsv(), trans.__("Copied as CSV")),
    ),
    glyphButton("download", trans.__("Save as CSV, in this order"), () =>
      saveFile("table.csv", new Blob([actions.csv()], { type: "text/csv" })),
    ),
  );
  return {
    node,
    showStatus(now) {
      text = now;
      status.textContent = now;
    },
  };
}

function toggle(glyph: "chart" | "rows", label: string, show: (shown: boolean) => void): HTMLButtonElement {
  const button = glyphButton(glyph, label, () => {
    const shown = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(shown));
    show(shown);
  });
  button.setAttribute("aria-pressed", "false");
  return button;
}
