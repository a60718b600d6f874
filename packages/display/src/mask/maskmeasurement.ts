import { type RegionpropsTableOptions, regionpropsTable } from "@bioengine/measure";
import { type ColorScale, colorScale, columnTitle, type MaskMeasurement } from "@bioengine/mime";
import { type NdArray, ndarray, quantileOf, Table } from "@bioengine/ndarray";
import { kindOf } from "../image/image";
import type { Labels } from "../labels";
import { countText, numberText } from "../numbertext";

/** Labels whose numbers an output may hold: at some 17 characters each, 0.7 MB. */
const mostLabels = 40_000;

/** What a mask is coloured by. Inner type: never leaves the package. */
export interface LabelMeasurement {
  /** Its name and unit. */
  readonly title: string;
  /** Finite numbers by label. */
  readonly values: ReadonlyMap<number, number>;
  readonly scale: ColorScale;
  /** A line for the digest. */
  readonly text: string;
  readonly payload: MaskMeasurement;
}

/** A measurement as it is read: numbers by label, NaN among them. */
interface Column {
  readonly name: string;
  readonly unit?: string | undefined;
  readonly rows: readonly (readonly [label: number, value: number])[];
}

/**
 * What a mask is to be coloured by: a property that is measured here, or a table's column.
 *
 * @param colorBy a name as `regionpropsTable` has it in its columns, or a table of labels and numbers
 * @param image for intensities
 * @throws {TypeError | RangeError} if there is no such measurement, or not one number for a label
 */
export function readMeasurement(
  colorBy: unknown,
  mask: NdArray,
  labels: Labels,
  { image, spacing }: { image: NdArray | undefined; spacing: readonly [number, number] | undefined },
): LabelMeasurement {
  if (colorBy instanceof Table) return labelMeasurement(tableColumn(colorBy), labels);
  if (typeof colorBy !== "string") {
    throw new TypeError(
      `Cannot colour mask: colorBy must be a measurement such as "area" or a table such as table.select(["label", "area"]), got ${kindOf(colorBy)}`,
    );
  }
  if (mask.axes?.startsWith("T")) throw ofEachFrame(colorBy, image !== undefined);
  // A stack's spacing has a third number, which the option doesn't tell.
  const sized = spacing && mask.ndim === 2 ? ndarray(mask.data, mask.shape, { spacing }) : mask;
  return labelMeasurement(measuredColumn(colorBy, sized, image), labels);
}

/** A film's labels have a number in each frame; what is to be shown of them is the caller's to say. */
function ofEachFrame(name: string, hasImage: boolean): RangeError {
  const properties = JSON.stringify(["label", name.replace(/(-\d+)+$/, "")]).replace(",", ", ");
  const table = `regionpropsTable(mask, { ${hasImage ? "image: image, " : ""}properties: ${properties} })`;
  const mean = `aggregate({ ${JSON.stringify(name)}: "mean" })`;
  return new RangeError(
    `Cannot colour mask: colorBy must be one number for a label, got ${name} of each frame; write { colorBy: ${table}.groupBy("label").${mean} }`,
  );
}

function measuredColumn(name: string, mask: NdArray, image: NdArray | undefined): Column {
  const property = name.replace(/(-\d+)+$/, "");
  if (property === "label") {
    throw new RangeError(
      "Cannot colour mask: colorBy must be a measurement, got label: leave colorBy out, and each label has a colour of its own",
    );
  }
  const options = { properties: ["label", property], ...(image && { image }) };
  const table = measure(name, mask, options);
  const columns = table.columnNames.slice(1);
  if (!columns.includes(name)) {
    throw new RangeError(
      `Cannot colour mask: colorBy must be one of ${columns.join(", ")}, got ${name}: write { colorBy: ${JSON.stringify(columns[0])} }`,
    );
  }
  return { name, unit: table.unit(name), rows: rowsOf(table, name) };
}

/** A name that can't be measured may be that of a column which somebody has computed. */
function measure(name: string, mask: NdArray, options: RegionpropsTableOptions): Table {
  try {
    return regionpropsTable(mask, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const fix = `write { colorBy: table.select(["label", ${JSON.stringify(name)}]) } for a table's column`;
    throw new RangeError(`${error.message}; ${fix}`);
  }
}

function tableColumn(table: Table): Column {
  table.column("label");
  const others = table.columnNames.filter((name) => name !== "label");
  const [name] = others;
  if (name === undefined || others.length > 1) {
    const fix = name === undefined ? "" : `: write { colorBy: table.select(["label", "${name}"]) }`;
    throw new RangeError(
      `Cannot colour mask: the table must have label and one other column, got ${table.columnNames.join(", ")}${fix}`,
    );
  }
  return { name, unit: table.unit(name), rows: rowsOf(table, name) };
}

function rowsOf(table: Table, name: string): Column["rows"] {
  const values = Array.from<unknown>(table.column(name));
  const wrong = values.find(
    (value) => value != null && typeof value !== "number" && typeof value !== "bigint",
  );
  if (wrong !== undefined) {
    throw new TypeError(`Cannot colour mask: ${name} must be numbers, got ${JSON.stringify(wrong)}`);
  }
  return Array.from(table.column("label"), (label, row) => [Number(label), Number(values[row] ?? NaN)]);
}

function labelMeasurement({ name, unit, rows }: Column, labels: Labels): LabelMeasurement {
  const found = rows.filter(([label]) => labels.areas.has(label));
  if (found.length === 0 && labels.areas.size > 0) {
    throw new RangeError(
      `Cannot colour mask: the table must have labels of the mask, got ${countText(rows.length, "row")} of other labels`,
    );
  }
  const twice = repeated(found.map(([label]) => label));
  if (twice !== undefined) {
    throw new RangeError(`Cannot colour mask: the table must have each label once, got ${twice} twice`);
  }
  const values = new Map(found.filter(([, value]) => Number.isFinite(value)));
  const column = { name, ...(unit !== undefined && { unit }) };
  const title = columnTitle(column);
  const sent = largest(values, labels);
  return {
    title,
    values,
    scale: colorScale(Float64Array.from(values.values())),
    text: measurementText(title, values, labels, sent.length),
    payload: {
      ...column,
      labels: sent.map(([label]) => label),
      values: sent.map(([, value]) => rounded(value)),
    },
  };
}

function repeated(labels: readonly number[]): number | undefined {
  const seen = new Set<number>();
  return labels.find((label) => seen.size === seen.add(label).size);
}

/** As many labels as an output may hold: the ones that are seen best. */
function largest(values: ReadonlyMap<number, number>, { areas }: Labels): [number, number][] {
  const all = [...values];
  if (all.length <= mostLabels) return all;
  return all.sort(([a], [b]) => areas.get(b)! - areas.get(a)!).slice(0, mostLabels);
}

/** Seven digits are more than a colour or a reader can tell apart. */
const rounded = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(7)));

function measurementText(
  title: string,
  values: ReadonlyMap<number, number>,
  { areas }: Labels,
  sent: number,
): string {
  const sorted = Float64Array.from(values.values()).sort();
  const at = (fraction: number) => numberText(quantileOf(sorted, fraction));
  const range = sorted.length > 0 ? `min ${at(0)}, median ${at(0.5)}, max ${at(1)}` : "no values";
  const missing = areas.size - values.size;
  return [
    `Coloured by ${title}: ${range}`,
    ...(missing > 0 ? [`${countText(missing, "object")} without a value (grey)`] : []),
    ...(sent < values.size ? [`in the viewer that of the ${sent} largest objects`] : []),
  ].join("; ");
}
