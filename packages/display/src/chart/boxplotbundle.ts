import type { MimeBundle } from "@bioengine/mime";
import { type ColumnData, checkOptions, type NdArray } from "@bioengine/ndarray";
import { countText, numberText } from "../numbertext";
import { boxplotScene, boxplotSpec } from "./boxplotchart";
import { type BoxStatistics, boxStatistics } from "./boxstatistics";
import { chartBundle } from "./chartbundle";
import { chartSpec } from "./chartspec";
import { chartGroups, chartValues } from "./chartvalues";
import { columnLabel } from "./columnlabel";

/** How a box plot is drawn. */
export interface BoxplotOptions {
  /** The group of each value, such as a column of conditions: one box each, at most 30. Default: one box for all. */
  groups?: ColumnData;
  /** What the groups are; default: the name of the column, or nothing. */
  xLabel?: string;
  /** What the values are, with the unit: `"area (µm²)"`; default: the name of the column, or `"value"`. */
  yLabel?: string;
  title?: string;
}

const action = "make a box plot";
const mostBoxes = 30;

function boxplotDigest(
  boxes: readonly BoxStatistics[],
  xLabel: string,
  yLabel: string,
  title: string | undefined,
): string {
  const by = xLabel ? ` by ${xLabel.slice(0, 100)}` : "";
  const count = boxes.reduce((sum, { values }) => sum + values.length, 0);
  return [
    ...(title ? [title.slice(0, 120)] : []),
    `Box plot of ${yLabel.slice(0, 100)}${by}: ${countText(count, "value")}`,
    ...boxes.map(({ name, values, low, q25, median, q75, high, outliers }) => {
      const numbers = `25% ${numberText(q25)}, median ${numberText(median)}, 75% ${numberText(q75)}`;
      const beyond = outliers.length > 0 ? `, ${countText(outliers.length, "outlier")}` : "";
      const whole = `${countText(values.length, "value")}, whiskers ${numberText(low)} to ${numberText(high)}, ${numbers}${beyond}`;
      return name ? `${name.slice(0, 40)}: ${whole}` : whole;
    }),
  ].join("\n");
}

/**
 * Make the notebook output of a box plot: a Vega-Lite chart with tooltips, a picture, and the quartiles in words. Of
 * groups with up to 300 values each is a dot, of larger ones those beyond the whiskers (1.5 interquartile ranges, as
 * Tukey has them).
 *
 * @param values any shape; missing values and NaN are left out, and groups that have no others
 * @returns `application/vnd.vegalite.v5+json`, `image/svg+xml`, `image/png` (base64) and `text/plain`
 * @throws {TypeError} if a value is not a finite number, or an option does not exist
 * @throws {RangeError} if values and groups differ in length, or there are more than 30 groups, or no values
 * @example
 * const bundle = boxplotBundle(table.column("area"), { groups: table.column("condition"), yLabel: "area (µm²)" });
 */
export function boxplotBundle(values: NdArray | ColumnData, options: BoxplotOptions = {}): MimeBundle {
  checkOptions({ name: "boxplot", action, options: ["groups", "xLabel", "yLabel", "title"] }, options);
  const {
    groups,
    xLabel = (groups && columnLabel(groups)) ?? "",
    yLabel = columnLabel(values) ?? "value",
    title,
  } = options;
  const numbers = chartValues(values, action);
  const boxes = chartGroups(groups, numbers.length, action).flatMap(({ name, indices }) => {
    const own = Float64Array.from(indices, (index) => numbers[index]!).filter(
      (value) => !Number.isNaN(value),
    );
    return own.length > 0 ? [boxStatistics(name, own)] : [];
  });
  if (boxes.length === 0 || boxes.length > mostBoxes) {
    const advice = boxes.length > mostBoxes ? "; is it a column of numbers rather than of groups?" : "";
    throw new RangeError(
      `Cannot ${action}: there must be 1 to ${mostBoxes} groups with values, got ${boxes.length}${advice}`,
    );
  }
  const digest = boxplotDigest(boxes, xLabel, yLabel, title);
  const spec = { ...chartSpec(title, digest), ...boxplotSpec(boxes, xLabel, yLabel) };
  return chartBundle(spec, boxplotScene(boxes, xLabel, yLabel, title), digest);
}
