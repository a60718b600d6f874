import { columnTitle } from "@bioengine/mime";
import { histogramPlot } from "../plot/histogramplot";
import { PlotCanvas } from "../plot/plotcanvas";
import { scatterPlot } from "../plot/scatterplot";
import { trans } from "../translation";
import { columnList, firstPlotted } from "./columnchoice";
import { columnNumbers, isNumeric } from "./columnnumbers";
import { columnStatistics } from "./columnstatistics";
import { filterInputs } from "./filterinputs";
import type { RowFilter } from "./rowfilter";
import type { SortedTable } from "./sortedtable";

/** What a person does in the panel. */
export interface PlotActions {
  choose(records: readonly number[]): void;
  filter(column: number, filter: RowFilter | null): void;
}

/** A column of a table in figures and as a histogram, its filter, and a scatter plot against another column. */
export class PlotPanel {
  readonly node: HTMLElement = document.createElement("div");
  private readonly histogram: PlotCanvas;
  private readonly scatter: PlotCanvas;
  private readonly figures = document.createElement("div");
  private readonly filter = filterInputs((filter) => this.actions.filter(this.x, filter));
  private readonly numbers = new Map<number, Float64Array>();
  private x: number;
  private y: number;
  private selected: Uint8Array | null = null;

  constructor(
    private readonly table: SortedTable,
    private readonly actions: PlotActions,
  ) {
    [this.x, this.y] = firstPlotted(table.columns);
    this.histogram = new PlotCanvas(actions.choose);
    this.scatter = new PlotCanvas(actions.choose);
    this.node.className = "be-Plots";
    this.node.setAttribute("role", "group");
    this.node.setAttribute("aria-label", trans.__("Plots and filter"));
    this.figures.className = "be-Plots-figures";
    const all = table.columns.map((column, index) => ({ column: index, title: columnTitle(column) }));
    const numeric = all.filter(({ column }) => isNumeric(table.columns[column]));
    const choices = document.createElement("div");
    choices.className = "be-Plots-choices";
    choices.append(
      columnList(trans.__("Column"), all, this.x, (column) => {
        this.x = column;
        this.update();
      }),
    );
    if (this.y >= 0)
      choices.append(
        columnList(trans.__("against"), numeric, this.y, (column) => {
          this.y = column;
          this.update();
        }),
      );
    choices.append(this.filter.node);
    const plots = document.createElement("div");
    plots.className = "be-Plots-canvases";
    plots.append(this.histogram.canvas, this.scatter.canvas);
    this.node.append(choices, this.figures, plots);
  }

  /** Show other rows; call it when the table's filters have changed. */
  update(): void {
    const { table, x, y } = this;
    const column = table.columns[x];
    if (!column) return;
    const title = columnTitle(column);
    const numeric = isNumeric(column);
    this.filter.show(numeric, table.filters.get(x));
    this.figures.textContent = numeric ? this.describe(x) : "";
    this.histogram.show(numeric ? histogramPlot(this.numbersOf(x), table.order, title) : null, this.selected);
    const across = { values: this.numbersOf(x), title };
    const against = numeric && y >= 0 && y !== x;
    this.scatter.show(
      against
        ? scatterPlot(
            across,
            { values: this.numbersOf(y), title: columnTitle(table.columns[y]) },
            table.order,
          )
        : null,
      this.selected,
    );
  }

  /** @param records selected ones */
  showSelection(records: readonly number[]): void {
    this.selected = records.length > 0 ? new Uint8Array(this.table.recordCount) : null;
    for (const record of records) if (this.selected) this.selected[record] = 1;
    this.histogram.showSelection(this.selected);
    this.scatter.showSelection(this.selected);
  }

  /** Call it when size or theme have changed. */
  repaint(): void {
    this.histogram.repaint();
    this.scatter.repaint();
  }

  dispose(): void {
    this.histogram.dispose();
    this.scatter.dispose();
  }

  private describe(column: number): string {
    const { table } = this;
    const { count, missing, min, median, mean, max } = columnStatistics(this.numbersOf(column), table.order);
    if (count === 0) return trans.__("no values");
    const parts = [
      trans.__("min %1", figure(min)),
      trans.__("median %1", figure(median)),
      trans.__("mean %1", figure(mean)),
      trans.__("max %1", figure(max)),
    ];
    if (missing > 0) parts.push(trans.__("%1 without a value", missing));
    return parts.join(" · ");
  }

  private numbersOf(column: number): Float64Array {
    const known = this.numbers.get(column) ?? columnNumbers(this.table.columns[column]);
    this.numbers.set(column, known);
    return known;
  }
}

/** Four digits, more for larger whole parts. */
function figure(value: number): string {
  return Math.abs(value) >= 1000 && Math.abs(value) < 1e9
    ? value.toFixed(0)
    : String(Number(value.toPrecision(4)));
}
