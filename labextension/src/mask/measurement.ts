import { columnTitle, type MaskMeasurement, type TableColumn, type TablePayload } from "@bioengine/mime";
import { columnFormat } from "../table/columnformat";
import { trans } from "../translation";
import { type Calibration, lengthUnit } from "./calibration";
import type { LabelMap } from "./labelmap";

/** A number for each label of a mask. */
export interface Measurement {
  readonly name: string;
  /** The name with its unit, as one chooses it from a list. */
  readonly title: string;
  /** By the label's index; NaN where a label has none. */
  readonly values: Float64Array;
  /** The value of a label index with its unit. */
  text(index: number): string;
}

/**
 * What the mask tells of its labels, as scikit-image's `regionprops` and by its names: a table's column takes the
 * place of its namesake. Of a stack they are those of the shown plane, and say so.
 *
 * @param calibration lengths and areas are in its unit, in pixels where it has none
 */
export function ownMeasurements(map: LabelMap, calibration: Calibration): Measurement[] {
  const { area, varianceX, varianceY, covariance } = map.regions;
  const unit = lengthUnit(calibration);
  const [stepY, stepX] = unit === "px" ? [1, 1] : (calibration.spacing ?? [1, 1]);
  const areas = Float64Array.from(area, (pixels) => (pixels > 0 ? pixels * stepX * stepY : Number.NaN));
  const axis = (sign: 1 | -1) =>
    areas.map((_, index) => {
      const [x, y] = [varianceX[index] * stepX ** 2, varianceY[index] * stepY ** 2];
      const spread = Math.hypot((x - y) / 2, covariance[index] * stepX * stepY);
      return 4 * Math.sqrt(Math.max((x + y) / 2 + sign * spread, 0));
    });
  const [major, minor] = [axis(1), axis(-1)];
  const whole = Number.isInteger(stepX * stepY) ? "int64" : "float64";
  const own = (column: Omit<TableColumn, "values" | "dtype">, values: Float64Array, dtype = "float64") =>
    measurement(
      { ...column, dtype, name: map.planes > 1 ? trans.__("%1 in this plane", column.name) : column.name },
      values,
    );
  return [
    own({ name: "area", unit: unit === "px" ? "px" : `${unit}²` }, areas, whole),
    own(
      { name: "equivalent_diameter_area", unit },
      areas.map((value) => Math.sqrt((4 * value) / Math.PI)),
    ),
    own({ name: "axis_major_length", unit }, major),
    own({ name: "axis_minor_length", unit }, minor),
    own(
      { name: "eccentricity" },
      major.map((long, index) => (long === 0 ? 0 : Math.sqrt(1 - (minor[index] / long) ** 2))),
    ),
  ];
}

/** What a mask came with to be coloured by. */
export function givenMeasurement(map: LabelMap, given: MaskMeasurement): Measurement {
  const values = new Float64Array(map.labels.length).fill(Number.NaN);
  given.labels.forEach((label, row) => {
    values[map.indexOf(label)] = given.values[row];
  });
  return measurement({ ...given, dtype: given.values.every(Number.isInteger) ? "int64" : "float64" }, values);
}

/** The numeric columns of a table of a mask's labels, without the label itself. */
export function tableMeasurements(map: LabelMap, table: TablePayload): Measurement[] {
  const labels = table.columns.find(({ name }) => name === "label");
  if (!labels) return [];
  const indices = labels.values.map((label) => map.indexOf(Number(label)));
  return table.columns
    .filter((column) => column !== labels && column.values.some((value) => typeof value === "number"))
    .map((column) => {
      const values = new Float64Array(map.labels.length).fill(Number.NaN);
      column.values.forEach((value, row) => {
        if (typeof value === "number" && indices[row] !== 0) values[indices[row]] = value;
      });
      return measurement(column, values);
    });
}

function measurement(column: Omit<TableColumn, "values">, values: Float64Array): Measurement {
  values[0] = Number.NaN;
  const format = columnFormat({ ...column, values: Array.from(values.subarray(1)) });
  const suffix = column.unit ? ` ${column.unit}` : "";
  return {
    name: column.name,
    title: columnTitle(column),
    values,
    text: (index) => (Number.isNaN(values[index]) ? "none" : format(values[index]) + suffix),
  };
}
