import { inspect } from "node:util";
import type { MimeBundle } from "@bioengine/mime";
import { type ColumnData, checkOptions, NdArray, Table } from "@bioengine/ndarray";
import { arrayBundle } from "./arraybundle";
import { type BoxplotOptions, boxplotBundle } from "./chart/boxplotbundle";
import { type HistogramOptions, histogramBundle } from "./chart/histogrambundle";
import { type PlotOptions, plotBundle } from "./chart/plotbundle";
import { type ScatterOptions, scatterBundle } from "./chart/scatterbundle";
import { imageBundle } from "./image/imagebundle";
import { publish } from "./kernel";
import { isInteger } from "./labels";
import { type MaskOptions, maskBundle } from "./mask/maskbundle";
import { isPointList } from "./pointlist";
import { tableBundle } from "./table/tablebundle";

/**
 * Show an image, or a mask over its image, in the running cell. Outside of a notebook it prints the digest.
 *
 * What has the role `"labels"`, is int32, uint32 or 64-bit integer `[y, x]` and no list of points `[n, 2]`, or comes
 * with an option of masks, is a mask; everything else an image.
 *
 * @param array a mask `[y, x]`, or an image `[y, x]` or `[y, x, c]` with 1 to 4 channels; not modified
 * @param options.image the image under a mask, of the same height and width
 * @param options.title a line above the digest
 * @param options.alpha opacity of the tint inside objects, 0 to 1
 * @param options.contours whether to outline objects, default true
 * @param options.compare another mask of the same shape, such as the true objects
 * @param options.colorBy a measurement such as `"area"`, or a table such as `table.select(["label", "area"])`, that
 *   colours stand for
 * @param options.spacing pixel size `[y, x]` in µm
 * @throws {TypeError} if the array is of the wrong kind, or an option does not exist: names the nearest
 * @throws {RangeError} if shapes do not fit; the message shows the conversion
 * @example
 * imshow(mask, { image: image });
 */
export function imshow(array: NdArray, options: MaskOptions = {}): void {
  checkOptions(
    {
      action: "show image",
      options: ["image", "title", "alpha", "contours", "compare", "colorBy", "spacing"],
    },
    options,
  );
  const { title, ...maskOnly } = options;
  const asMask = Object.values(maskOnly).some((value) => value !== undefined) || looksLikeMask(array);
  publish(asMask ? maskBundle(array, options) : imageBundle(array, title === undefined ? {} : { title }));
}

/**
 * Draw a histogram in the running cell. Outside of a notebook it prints the counts.
 *
 * @param values any shape; missing values and NaN are left out
 * @param options.bins number of bins; default: a round width
 * @param options.groups the group of each value, such as a column of conditions: at most 6, drawn as outlines over each
 *   other
 * @param options.xLabel what the values are, with the unit; default: the name of the column
 * @param options.title heading
 * @throws {TypeError} if a value is not a finite number, or an option does not exist
 * @throws {RangeError} if `bins` is not an integer from 1 to 1000, values and groups differ in length, or there are
 *   more than 6 groups
 * @example
 * histogram(table.column("area"), { xLabel: "area (px)" });
 */
export function histogram(values: NdArray | ColumnData, options: HistogramOptions = {}): void {
  publish(histogramBundle(values, options));
}

/**
 * Draw points in the running cell. Outside of a notebook it prints their correlation and the line through them.
 *
 * @param x any shape; points with a missing value or NaN are left out
 * @param y as many
 * @param options.groups the group of each point, such as a column of conditions: at most 6
 * @param options.xLabel what x is, with the unit; default: the name of the column
 * @param options.yLabel what y is, likewise
 * @param options.title heading
 * @throws {TypeError} if a value is not a finite number, or an option does not exist
 * @throws {RangeError} if x, y and groups differ in length, or there are more than 6 groups
 * @example
 * scatter(table.column("area"), table.column("eccentricity"));
 */
export function scatter(
  x: NdArray | ColumnData,
  y: NdArray | ColumnData,
  options: ScatterOptions = {},
): void {
  publish(scatterBundle(x, y, options));
}

/**
 * Draw lines in the running cell, such as the area of each track over time. Outside of a notebook it prints their ends
 * and extremes. Of many values at one x, as of the cells of a condition in each frame, draw their means:
 * `table.groupBy(["condition", "frame"]).aggregate({ area: "mean" })`.
 *
 * @param x any shape; points with a missing x or NaN are left out
 * @param y as many; where they are missing, lines are interrupted
 * @param options.groups the group of each point, such as a column of tracks: one line each; up to 6 are told apart by
 *   colour, more are thin lines with their median
 * @param options.xLabel what x is, with the unit; default: the name of the column
 * @param options.yLabel what y is, likewise
 * @param options.title heading
 * @throws {TypeError} if a value is not a finite number, y is missing, or an option does not exist
 * @throws {RangeError} if x, y and groups differ in length
 * @example
 * plot(table.column("frame"), table.column("area"), { groups: table.column("label") });
 */
export function plot(x: NdArray | ColumnData, y: NdArray | ColumnData, options: PlotOptions = {}): void {
  publish(plotBundle(x, y, options));
}

/**
 * Draw a box plot in the running cell: quartiles, whiskers and values of each group. Outside of a notebook it prints
 * them.
 *
 * @param values any shape; missing values and NaN are left out
 * @param options.groups the group of each value, such as a column of conditions: at most 30
 * @param options.xLabel what the groups are; default: the name of their column
 * @param options.yLabel what the values are, with the unit; default: the name of the column
 * @param options.title heading
 * @throws {TypeError} if a value is not a finite number, or an option does not exist
 * @throws {RangeError} if values and groups differ in length, there are more than 30 groups, or no values
 * @example
 * boxplot(table.column("area"), { groups: table.column("condition"), yLabel: "area (px)" });
 */
export function boxplot(values: NdArray | ColumnData, options: BoxplotOptions = {}): void {
  publish(boxplotBundle(values, options));
}

/**
 * Show any value in the running cell, at once and not only as the cell's last line. Outside of a notebook it prints
 * the value's digest.
 *
 * @param value an array, a table, a bundle, any object with a `Symbol.for("Jupyter.display")` method that returns
 *   MIME type to content, or anything else, which shows as text
 * @example
 * display(regionpropsTable(mask));
 */
export function display(value: unknown): void {
  publish(bundleOf(value));
}

/** Any value as a bundle. */
export function bundleOf(value: unknown): MimeBundle {
  if (value instanceof NdArray) return arrayBundle(value);
  if (value instanceof Table) return tableBundle(value);
  if (isBundle(value)) return value;
  const data = displayData(value);
  if (data) return { data, metadata: {} };
  return { data: { "text/plain": typeof value === "string" ? value : inspect(value) }, metadata: {} };
}

function looksLikeMask(array: unknown): boolean {
  if (!(array instanceof NdArray) || isPointList(array)) return false;
  const planes = array.shape.slice(0, -2);
  const single = array.ndim >= 2 && planes.every((length) => length === 1);
  return array.role === "labels" || (single && isInteger(array) && /32|64/.test(array.dtype));
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null;
}

function isBundle(value: unknown): value is MimeBundle {
  return isRecord(value) && isRecord(value.data) && isRecord(value.metadata) && isMimeData(value.data);
}

function isMimeData(data: Record<string, unknown>): boolean {
  const names = Object.keys(data);
  return names.length > 0 && names.every((name) => /^[a-z]+\/\S+$/.test(name));
}

function displayData(value: unknown): Record<string, unknown> | undefined {
  if (!isRecord(value)) return undefined;
  const method = value[Symbol.for("Jupyter.display")];
  if (typeof method !== "function") return undefined;
  const data: unknown = method.call(value);
  return isRecord(data) && isMimeData(data) ? data : undefined;
}
