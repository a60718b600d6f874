import { columnTitle } from "@bioengine/mime";
import { type ColumnData, columnSource, type NdArray } from "@bioengine/ndarray";

/** What a chart calls values that are a table's column, `area (µm²)`; undefined for others. */
export function columnLabel(values: NdArray | ColumnData): string | undefined {
  const source = columnSource(values);
  return source && columnTitle({ name: source.name, unit: source.table.unit(source.name) });
}
