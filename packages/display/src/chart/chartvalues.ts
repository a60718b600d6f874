import { type ColumnData, NdArray } from "@bioengine/ndarray";
import { kindOf, numbersOf } from "../image/image";
import { groupInks, type Ink } from "./scene";

/**
 * The numbers of a chart in their order; missing ones are NaN.
 *
 * @param action what the caller does, as in "Cannot <action>"
 * @throws {TypeError} for anything that is not a number, or infinite
 */
export function chartValues(values: NdArray | ColumnData, action: string): Float64Array {
  if (!(values instanceof NdArray) && !Array.isArray(values) && !ArrayBuffer.isView(values)) {
    throw new TypeError(
      `Cannot ${action}: values must be an NdArray or a column such as table.column("area"), got ${kindOf(values)}`,
    );
  }
  const source: ArrayLike<unknown> = values instanceof NdArray ? numbersOf(values) : values;
  return Float64Array.from(source, (value, index) => {
    if (value === null || value === undefined || Number.isNaN(value)) return Number.NaN;
    const number = typeof value === "bigint" ? Number(value) : value;
    if (typeof number === "number" && Number.isFinite(number)) return number;
    throw new TypeError(
      `Cannot ${action}: values must be finite numbers, got ${elementText(value)} at index ${index}${isList(value) ? "; join lists by [...first, ...second]" : ""}`,
    );
  });
}

/** The most characters of a text that messages show. */
const mostCharacters = 40;

const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || ArrayBuffer.isView(value);

/** What is no number, in a few words. */
function elementText(value: unknown): string {
  if (isList(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return kindOf(value);
  const text = String(value);
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}

/** A group of a chart's values. */
export interface ChartGroup {
  readonly name: string;
  /** Places of its values. */
  readonly indices: readonly number[];
}

/**
 * Divide values by the group that each belongs to, those without one left out: texts in the order in which they come,
 * numbers by size.
 *
 * @param groups one for each value; without them all are one group, of no name
 * @throws {TypeError} if they are no list
 * @throws {RangeError} if there are more or fewer of them than values
 */
export function chartGroups(groups: ColumnData | undefined, count: number, action: string): ChartGroup[] {
  if (groups === undefined) return [{ name: "", indices: Array.from({ length: count }, (_, i) => i) }];
  if (!Array.isArray(groups) && !ArrayBuffer.isView(groups)) {
    throw new TypeError(
      `Cannot ${action}: groups must be a column such as table.column("condition"), got ${kindOf(groups)}`,
    );
  }
  if (groups.length !== count) {
    throw new RangeError(
      `Cannot ${action}: groups must have one for each of the ${count} values, got ${groups.length}`,
    );
  }
  const found = new Map<unknown, number[]>();
  Array.from<unknown>(groups).forEach((group, index) => {
    if (group === null || group === undefined || group === "" || Number.isNaN(group)) return;
    const known = found.get(group);
    if (known) known.push(index);
    else found.set(group, [index]);
  });
  const all = [...found];
  if (all.every(([group]) => typeof group !== "string")) all.sort(([a], [b]) => Number(a) - Number(b));
  return all.map(([group, indices]) => ({ name: String(group), indices }));
}

/** A group that is told apart by its colour. */
export interface ColouredGroup extends ChartGroup {
  readonly ink: Ink;
}

/**
 * Divide values by group as `chartGroups` does, each with a colour.
 *
 * @throws {RangeError} if there are more groups than colours
 */
export function colouredGroups(
  groups: ColumnData | undefined,
  count: number,
  action: string,
): ColouredGroup[] {
  const all = chartGroups(groups, count, action);
  if (all.length > groupInks.length) {
    throw new RangeError(
      `Cannot ${action}: groups must be at most ${groupInks.length}, got ${all.length}; use boxplot(values, { groups })`,
    );
  }
  return all.map((group, number) => ({ ...group, ink: group.name === "" ? "first" : groupInks[number]! }));
}
