import type { MimeBundle } from "@bioengine/mime";
import { type ColumnData, checkOptions, type NdArray, quantileOf } from "@bioengine/ndarray";
import { type Bins, equalBins, histogramValues, roundBins } from "./histogram";
import { histogramSvg } from "./histogramSvg";
import { countText, numberText } from "./numberText";

/** How a histogram is drawn. */
export interface HistogramOptions {
  /** Number of bins, from the smallest to the largest value; default: 5 to 50 of a round width. */
  bins?: number;
  /** What the values are, with the unit: `"area (px)"`; default `"value"`. */
  xLabel?: string;
  title?: string;
}

/**
 * Make the notebook output of a histogram: an interactive Vega-Lite chart, a static SVG, and the counts in words.
 *
 * @param values any shape; missing values and NaN are left out
 * @returns `application/vnd.vegalite.v5+json`, `image/svg+xml` and `text/plain`
 * @throws {TypeError} if a value is not a finite number, or an option does not exist
 * @throws {RangeError} if `bins` is not an integer from 1 to 1000
 * @example
 * const bundle = histogramBundle(table.column("area"), { xLabel: "area (px)" });
 */
export function histogramBundle(values: NdArray | ColumnData, options: HistogramOptions = {}): MimeBundle {
  checkOptions("make a histogram", options, ["bins", "xLabel", "title"]);
  const { bins: wanted, xLabel = "value", title } = options;
  if (wanted !== undefined && !(Number.isInteger(wanted) && wanted >= 1 && wanted <= 1000)) {
    throw new RangeError(`Cannot make a histogram: bins must be an integer from 1 to 1000, got ${wanted}`);
  }
  const numbers = histogramValues(values);
  const bins = wanted === undefined ? roundBins(numbers) : equalBins(numbers, wanted);
  return {
    data: {
      "application/vnd.vegalite.v5+json": vegaLite(bins, xLabel, title),
      "image/svg+xml": histogramSvg(bins, xLabel, title),
      "text/plain": histogramDigest(numbers, bins, xLabel, title),
    },
    metadata: {},
  };
}

/** https://vega.github.io/vega-lite/docs/bin.html#binned */
function vegaLite({ edges, counts }: Bins, xLabel: string, title: string | undefined): object {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    ...(title ? { title } : {}),
    width: 420,
    height: 240,
    data: { values: counts.map((count, i) => ({ start: edges[i], end: edges[i + 1], count })) },
    mark: { type: "bar", tooltip: true },
    encoding: {
      x: { field: "start", type: "quantitative", bin: { binned: true }, title: xLabel },
      x2: { field: "end" },
      y: { field: "count", type: "quantitative", title: "count" },
    },
  };
}

/** More groups than this are no easier to read. */
const digestGroups = 12;

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
