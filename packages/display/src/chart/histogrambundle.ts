import type { MimeBundle } from "@bioengine/mime";
import { type ColumnData, checkOptions, type NdArray, quantileOf } from "@bioengine/ndarray";
import { countText, numberText } from "../numbertext";
import { chartBundle } from "./chartbundle";
import { chartSpec } from "./chartspec";
import { chartValues, colouredGroups } from "./chartvalues";
import { columnLabel } from "./columnlabel";
import { type Bins, binned, equalBins, roundBins } from "./histogram";
import { type HistogramSeries, histogramScene, histogramSpec } from "./histogramscene";

/** How a histogram is drawn. */
export interface HistogramOptions {
  /** Number of bins, from the smallest to the largest value; default: 5 to 50 of a round width. */
  bins?: number;
  /** The group of each value, such as a column of conditions: at most 6, as outlines over each other. */
  groups?: ColumnData;
  /** What the values are, with the unit: `"area (px)"`; default: the name of the column, or `"value"`. */
  xLabel?: string;
  title?: string;
}

const action = "make a histogram";

/**
 * Make the notebook output of a histogram: a Vega-Lite chart with tooltips, a picture, and the counts in words. Groups
 * have the same bins.
 *
 * @param values any shape; missing values and NaN are left out
 * @returns `application/vnd.vegalite.v5+json`, `image/svg+xml`, `image/png` (base64) and `text/plain`
 * @throws {TypeError} if a value is not a finite number, or an option does not exist
 * @throws {RangeError} if `bins` is not an integer from 1 to 1000, values and groups differ in length, or there are
 *   more than 6 groups
 * @example
 * const bundle = histogramBundle(table.column("area"), { xLabel: "area (px)" });
 */
export function histogramBundle(values: NdArray | ColumnData, options: HistogramOptions = {}): MimeBundle {
  checkOptions({ name: "histogram", action, options: ["bins", "groups", "xLabel", "title"] }, options);
  const { bins: wanted, groups, xLabel = columnLabel(values) ?? "value", title } = options;
  if (wanted !== undefined && !(Number.isInteger(wanted) && wanted >= 1 && wanted <= 1000)) {
    throw new RangeError(`Cannot ${action}: bins must be an integer from 1 to 1000, got ${wanted}`);
  }
  const numbers = chartValues(values, action);
  const parts = partsOf(numbers, groups);
  const counted = groups ? Float64Array.from(parts.flatMap((part) => [...part.values])) : parts[0]!.values;
  const bins = wanted === undefined ? roundBins(counted) : equalBins(counted, wanted);
  const all = parts.map((part) => ({ ...part, bins: binned(part.values, bins.edges) }));
  const digest = histogramDigest(all, counted, xLabel, groups && columnLabel(groups), title);
  const spec = { ...chartSpec(title, digest), ...histogramSpec(all, xLabel) };
  return chartBundle(spec, histogramScene(all, bins.edges, xLabel, title), digest);
}

/** The values of each group, without missing ones. */
function partsOf(numbers: Float64Array, groups: ColumnData | undefined): Omit<HistogramSeries, "bins">[] {
  const isThere = (value: number): boolean => !Number.isNaN(value);
  if (groups === undefined) return [{ name: "", ink: "first", values: numbers.filter(isThere) }];
  return colouredGroups(groups, numbers.length, action).map(({ name, ink, indices }) => {
    return { name, ink, values: Float64Array.from(indices, (index) => numbers[index]!).filter(isThere) };
  });
}

/** More bins than this are no easier to read. */
const digestBins = 24;

/** `min 1, 25% 2, median 2.5, 75% 3, max 3` */
function quartileText(numbers: Float64Array): string {
  const sorted = numbers.slice().sort();
  const at = (fraction: number) => numberText(quantileOf(sorted, fraction));
  return `min ${at(0)}, 25% ${at(0.25)}, median ${at(0.5)}, 75% ${at(0.75)}, max ${at(1)}`;
}

/** `1 to 2: 1, 2 to 3: 4` */
function countsText({ edges, counts }: Bins): string {
  const together = Math.ceil(counts.length / digestBins);
  const parts: string[] = [];
  for (let i = 0; i < counts.length; i += together) {
    const end = Math.min(counts.length, i + together);
    const count = counts.slice(i, end).reduce((sum, value) => sum + value, 0);
    parts.push(`${numberText(edges[i]!)} to ${numberText(edges[end]!)}: ${count}`);
  }
  return parts.join(", ");
}

function histogramDigest(
  all: readonly HistogramSeries[],
  numbers: Float64Array,
  xLabel: string,
  groupLabel: string | undefined,
  title: string | undefined,
): string {
  const by = groupLabel ? ` by ${groupLabel.slice(0, 100)}` : "";
  return [
    ...(title ? [title.slice(0, 120)] : []),
    `Histogram of ${xLabel.slice(0, 100)}${by}: ${countText(numbers.length, "value")}`,
    ...all.flatMap(({ name, values, bins }) => {
      const facts = values.length > 0 ? [quartileText(values), countsText(bins)] : [];
      if (name === "") return facts;
      const [quartiles, ...counts] = facts;
      const own = [countText(values.length, "value"), ...(quartiles ? [quartiles] : [])].join(", ");
      return [`${name.slice(0, 40)}: ${own}`, ...counts];
    }),
  ].join("\n");
}
