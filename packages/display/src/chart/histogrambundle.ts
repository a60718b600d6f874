import type { MimeBundle } from "@bioengine/mime";
import { type ColumnData, checkOptions, type NdArray, quantileOf } from "@bioengine/ndarray";
import { countText, numberText } from "../numbertext";
import { chartBundle } from "./chartbundle";
import { chartSpec } from "./chartspec";
import { chartValues } from "./chartvalues";
import { columnLabel } from "./columnlabel";
import { type Bins, equalBins, roundBins } from "./histogram";
import { histogramScene } from "./histogramscene";
import { seriesInks } from "./scene";

/** How a histogram is drawn. */
export interface HistogramOptions {
  /** Number of bins, from the smallest to the largest value; default: 5 to 50 of a round width. */
  bins?: number;
  /** What the values are, with the unit: `"area (px)"`; default: the name of the column, or `"value"`. */
  xLabel?: string;
  title?: string;
}

/**
 * Make the notebook output of a histogram: a Vega-Lite chart with tooltips, a picture, and the counts in words.
 *
 * @param values any shape; missing values and NaN are left out
 * @returns `application/vnd.vegalite.v5+json`, `image/svg+xml`, `image/png` (base64) and `text/plain`
 * @throws {TypeError} if a value is not a finite number, or an option does not exist
 * @throws {RangeError} if `bins` is not an integer from 1 to 1000
 * @example
 * const bundle = histogramBundle(table.column("area"), { xLabel: "area (px)" });
 */
export function histogramBundle(values: NdArray | ColumnData, options: HistogramOptions = {}): MimeBundle {
  checkOptions(
    { name: "histogram", action: "make a histogram", options: ["bins", "xLabel", "title"] },
    options,
  );
  const { bins: wanted, xLabel = columnLabel(values) ?? "value", title } = options;
  if (wanted !== undefined && !(Number.isInteger(wanted) && wanted >= 1 && wanted <= 1000)) {
    throw new RangeError(`Cannot make a histogram: bins must be an integer from 1 to 1000, got ${wanted}`);
  }
  const numbers = chartValues(values, "make a histogram").filter((value) => !Number.isNaN(value));
  const bins = wanted === undefined ? roundBins(numbers) : equalBins(numbers, wanted);
  const digest = histogramDigest(numbers, bins, xLabel, title);
  const spec = { ...chartSpec(title, digest), ...bars(bins, xLabel) };
  return chartBundle(spec, histogramScene(bins, xLabel, title), digest);
}

/** https://vega.github.io/vega-lite/docs/bin.html#binned */
const bars = ({ edges, counts }: Bins, xLabel: string): object => ({
  data: { values: counts.map((count, i) => ({ start: edges[i], end: edges[i + 1], count })) },
  mark: { type: "bar", tooltip: true, color: seriesInks.first },
  encoding: {
    x: { field: "start", type: "quantitative", bin: { binned: true }, title: xLabel, axis: { grid: false } },
    x2: { field: "end" },
    y: { field: "count", type: "quantitative", title: "count" },
  },
});

/** More groups than this are no easier to read. */
const digestGroups = 24;

function histogramDigest(
  numbers: Float64Array,
  { edges, counts }: Bins,
  xLabel: string,
  title?: string,
): string {
  const head = `Histogram of ${xLabel.slice(0, 100)}: ${countText(numbers.length, "value")}`;
  const lines = title ? [title.slice(0, 120), head] : [head];
  if (numbers.length === 0) return lines.join("\n");
  const sorted = numbers.slice().sort();
  const at = (fraction: number) => numberText(quantileOf(sorted, fraction));
  lines.push(`min ${at(0)}, 25% ${at(0.25)}, median ${at(0.5)}, 75% ${at(0.75)}, max ${at(1)}`);
  const together = Math.ceil(counts.length / digestGroups);
  const groups: string[] = [];
  for (let i = 0; i < counts.length; i += together) {
    const end = Math.min(counts.length, i + together);
    const count = counts.slice(i, end).reduce((sum, value) => sum + value, 0);
    groups.push(`${numberText(edges[i]!)} to ${numberText(edges[end]!)}: ${count}`);
  }
  return [...lines, groups.join(", ")].join("\n");
}
