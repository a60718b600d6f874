import type { MimeBundle } from "@bioengine/mime";
import { type ColumnData, checkOptions, NdArray } from "@bioengine/ndarray";
import { countText, numberText } from "../numbertext";
import { type Axis, roomyAxis } from "./chart";
import { chartBundle } from "./chartbundle";
import { chartSpec } from "./chartspec";
import { chartGroups, chartValues } from "./chartvalues";
import { columnLabel } from "./columnlabel";
import { plotScene, plotSpec } from "./plotchart";
import { drawnLines, type PlotLine, type PlotLines, plotLines, pointsOf } from "./plotlines";
import { spanText } from "./spantext";

/** How lines are drawn. */
export interface PlotOptions {
  /**
   * The group of each point, such as a column of tracks or conditions: one line each. Up to 6 are told apart by colour;
   * more are thin lines with their median.
   */
  groups?: ColumnData;
  /** What the values are, with the unit: `"time (min)"`; default: the name of the column, or `"x"` and `"y"`. */
  xLabel?: string;
  yLabel?: string;
  title?: string;
}

const action = "plot lines";

const valuesOf = (lines: readonly PlotLine[], axis: "x" | "y"): Float64Array =>
  Float64Array.from(lines.flatMap(({ runs }) => runs.flatMap((run) => [...run[axis]])));

/** `control: 3 points, first 2, last 5, min 2, max 5, 1 gap` */
function lineText(line: PlotLine): string {
  const values = valuesOf([line], "y");
  const sorted = values.slice().sort();
  const of = (name: string, value: number | undefined) =>
    value === undefined ? [] : [`${name} ${numberText(value)}`];
  return [
    `${line.name ? `${line.name.slice(0, 40)}: ` : ""}${countText(values.length, "point")}`,
    ...of("first", values[0]),
    ...of("last", values.at(-1)),
    ...of("min", sorted[0]),
    ...of("max", sorted.at(-1)),
    ...(line.runs.length > 1 ? [countText(line.runs.length - 1, "gap")] : []),
  ].join(", ");
}

function plotDigest(
  all: PlotLines,
  drawn: PlotLines,
  xAxis: Axis,
  yAxis: Axis,
  title: string | undefined,
): string {
  const own = all.quiet.length > 0 ? all.quiet : all.strong;
  const few = drawn.quiet.length < all.quiet.length ? `, ${drawn.quiet.length} of the lines drawn` : "";
  const isOne = own.length === 1 && own[0]!.name === "";
  return [
    ...(title ? [title.slice(0, 120)] : []),
    `Line plot: ${isOne ? "" : `${countText(own.length, "line")}, `}${countText(pointsOf(own), "point")}${few}`,
    spanText("x", xAxis.label, valuesOf(own, "x")),
    spanText("y", yAxis.label, valuesOf(own, "y")),
    ...all.strong.map(lineText),
  ].join("\n");
}

/**
 * Make the notebook output of lines, such as areas over time: a Vega-Lite chart with tooltips, a picture, and the
 * lines' ends and extremes in words. Each line goes from its smallest x to its largest, and is interrupted where y is
 * missing.
 *
 * @param x any shape; points with a missing x or NaN are left out
 * @param y as many
 * @returns `application/vnd.vegalite.v5+json`, `image/svg+xml`, `image/png` (base64) and `text/plain`
 * @throws {TypeError} if a value is not a finite number, y is missing, or an option does not exist
 * @throws {RangeError} if x, y and groups differ in length
 * @example
 * const bundle = plotBundle(table.column("frame"), table.column("area"), { groups: table.column("label") });
 */
export function plotBundle(
  x: NdArray | ColumnData,
  y: NdArray | ColumnData,
  options: PlotOptions = {},
): MimeBundle {
  checkOptions({ name: "plot", action, options: ["groups", "xLabel", "yLabel", "title"] }, options);
  const xs = chartValues(x, action);
  if (!(y instanceof NdArray) && !Array.isArray(y) && !ArrayBuffer.isView(y)) {
    throw new TypeError(
      `Cannot ${action}: x and y are needed, got ${xs.length} values alone; use plot(arange(${xs.length}), values)`,
    );
  }
  const ys = chartValues(y, action);
  if (xs.length !== ys.length) {
    throw new RangeError(
      `Cannot ${action}: x and y must have equally many values, got ${xs.length} and ${ys.length}`,
    );
  }
  const { groups, xLabel = columnLabel(x) ?? "x", yLabel = columnLabel(y) ?? "y", title } = options;
  const all = plotLines(xs, ys, chartGroups(groups, xs.length, action));
  const drawn = drawnLines(all);
  const lines = [...all.quiet, ...all.strong];
  const [xAxis, yAxis] = [roomyAxis(xLabel, valuesOf(lines, "x")), roomyAxis(yLabel, valuesOf(lines, "y"))];
  const digest = plotDigest(all, drawn, xAxis, yAxis, title);
  const spec = { ...chartSpec(title, digest), ...plotSpec(drawn, xAxis, yAxis) };
  return chartBundle(spec, plotScene(drawn, xAxis, yAxis, title), digest);
}
