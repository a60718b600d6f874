import type { DataGrid } from "@lumino/datagrid";

/** How the table's canvas is drawn in the current JupyterLab theme. */
export interface TableTheme {
  readonly grid: DataGrid.Style;
  readonly text: string;
  readonly headerText: string;
  readonly font: string;
  readonly headerFont: string;
}

/** The current theme's colours and fonts, for canvases, which CSS does not reach. */
export function tableTheme(): TableTheme {
  const style = getComputedStyle(document.body);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const background = read("--jp-layout-color0");
  const stripe = read("--jp-rendermime-table-row-background");
  const line = read("--jp-border-color3");
  const brand = read("--jp-brand-color1");
  const selected = `color-mix(in srgb, ${brand} 28%, transparent)`;
  const family = read("--jp-ui-font-family");
  return {
    grid: {
      voidColor: background,
      backgroundColor: background,
      rowBackgroundColor: (index) => (index % 2 === 0 ? background : stripe),
      gridLineColor: line,
      headerBackgroundColor: read("--jp-layout-color2"),
      headerGridLineColor: line,
      selectionFillColor: selected,
      selectionBorderColor: brand,
      cursorFillColor: "transparent",
      cursorBorderColor: "transparent",
      headerSelectionFillColor: "transparent",
      headerSelectionBorderColor: "transparent",
      scrollShadow: { size: 6, color1: "rgb(0 0 0 / 18%)", color2: "rgb(0 0 0 / 6%)", color3: "transparent" },
    },
    text: read("--jp-content-font-color1"),
    headerText: read("--jp-ui-font-color1"),
    font: `13px ${family}`,
    headerFont: `600 12px ${family}`,
  };
}

/** How plots are drawn in the current JupyterLab theme. */
export interface PlotTheme {
  readonly text: string;
  readonly axis: string;
  readonly grid: string;
  /** What is drawn of the records when none is selected, and of those that are not. */
  readonly plain: string;
  readonly unselected: string;
  readonly selected: string;
  readonly brush: string;
  readonly font: string;
}

/** The current theme's colours and font, for plots. */
export function plotTheme(): PlotTheme {
  const style = getComputedStyle(document.body);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const brand = read("--jp-brand-color1");
  const faded = (color: string, percent: number) => `color-mix(in srgb, ${color} ${percent}%, transparent)`;
  return {
    text: read("--jp-ui-font-color1"),
    axis: read("--jp-border-color1"),
    grid: read("--jp-border-color3"),
    plain: faded(brand, 65),
    unselected: faded(read("--jp-ui-font-color3"), 45),
    selected: brand,
    brush: faded(brand, 14),
    font: `11px ${read("--jp-ui-font-family")}`,
  };
}

/**
 * Watch for a change of JupyterLab's theme.
 *
 * @returns ends the watch
 */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributeFilter: ["data-jp-theme-name", "data-jp-theme-light"] });
  return () => observer.disconnect();
}
