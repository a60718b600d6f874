import type { MimeBundle } from "@bioengine/mime";
import { type ColumnData, checkOptions, type NdArray } from "@bioengine/ndarray";
import { countText } from "../numbertext";
import { type Axis, roomyAxis } from "./chart";
import { chartBundle } from "./chartbundle";
import { chartSpec } from "./chartspec";
import { chartValues, colouredGroups } from "./chartvalues";
import { columnLabel } from "./columnlabel";
import { scatterScene, scatterSpec } from "./scatterchart";
import { type Series, sampled, seriesOf } from "./scatterseries";
import { trendText } from "./scattertrend";
import { spanText } from "./spantext";

/** How a scatter plot is drawn. */
export interface ScatterOptions {
  /** The group of each point, such as a column of conditions, told apart by colour: at most 6. */
  groups?: ColumnData;
  /** What the values are, with the unit: `"area (µm²)"`; default: the name of the column, or `"x"` and `"y"`. */
  xLabel?: string;
  yLabel?: string;
  title?: string;
}

const action = "make a scatter plot";

/** How many points there are and how they lie. */
const seriesText = ({ x, trend }: Series): string =>
  [countText(x.length, "point"), ...(trend ? [trendText(trend)] : [])].join(", ");

function scatterDigest(
  all: readonly Series[],
  drawn: readonly Series[],
  xAxis: Axis,
  yAxis: Axis,
  title: string | undefined,
): string {
  const count = (series: readonly Series[]) => series.reduce((sum, { x }) => sum + x.length, 0);
  const span = (axis: "x" | "y", label: string): string =>
    spanText(axis, label, Float64Array.from(all.flatMap((series) => [...series[axis]])));
  const few = count(drawn) < count(all) ? `, ${count(drawn)} of them drawn` : "";
  const lines = [
    ...(title ? [title.slice(0, 120)] : []),
    `Scatter plot: ${countText(count(all), "point")}${few}`,
    span("x", xAxis.label),
    span("y", yAxis.label),
  ];
  return [
    ...lines,
    ...all.map((series) => `${series.name ? `${series.name.slice(0, 40)}: ` : ""}${seriesText(series)}`),
  ].join("\n");
}

/**
 * Make the notebook output of a scatter plot: a Vega-Lite chart with tooltips and a picture, both with the straight line
 * of each group, and in words the lines and correlations.
 *
 * @param x any shape; points with a missing value or NaN are left out
 * @param y as many
 * @returns `application/vnd.vegalite.v5+json`, `image/svg+xml`, `image/png` (base64) and `text/plain`; of more than
 *   4000 points a regular sample is drawn, which the text tells
 * @throws {TypeError} if a value is not a finite number, or an option does not exist
 * @throws {RangeError} if x, y and groups differ in length, or there are more than 6 groups
 * @example
 * const bundle = scatterBundle(table.column("area"), table.column("mean_intensity"), { xLabel: "area (px)" });
 */
export function scatterBundle(
  x: NdArray | ColumnData,
  y: NdArray | ColumnData,
  options: ScatterOptions = {},
): MimeBundle {
  checkOptions({ name: "scatter", action, options: ["groups", "xLabel", "yLabel", "title"] }, options);
  const { groups, xLabel = columnLabel(x) ?? "x", yLabel = columnLabel(y) ?? "y", title } = options;
  const [xs, ys] = [chartValues(x, action), chartValues(y, action)];
  if (xs.length !== ys.length) {
    throw new RangeError(
      `Cannot ${action}: x and y must have equally many values, got ${xs.length} and ${ys.length}`,
    );
  }
  const all = seriesOf(xs, ys, colouredGroups(groups, xs.length, action));
  const drawn = sampled(all);
  const axisOf = (label: string, axis: "x" | "y"): Axis =>
    roomyAxis(label, Float64Array.from(all.flatMap((series) => [...series[axis]])));
  const [xAxis, yAxis] = [axisOf(xLabel, "x"), axisOf(yLabel, "y")];
  const digest = scatterDigest(all, drawn, xAxis, yAxis, title);
  const trend = groups === undefined ? all[0]?.trend : undefined;
  const spec = {
    ...chartSpec(title, digest, trend && trendText(trend)),
    ...scatterSpec(drawn, xAxis, yAxis),
  };
  return chartBundle(spec, scatterScene(drawn, xAxis, yAxis, title), digest);
}
