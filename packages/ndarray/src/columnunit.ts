import { missingColumn } from "./columnname";

/**
 * The units of a table's columns, by name.
 *
 * @throws {RangeError} if one is of no column
 * @throws {TypeError} if one is no text
 */
export function checkedUnits(
  units: Readonly<Record<string, string>>,
  names: readonly string[],
): Map<string, string> {
  for (const [name, unit] of Object.entries(units)) {
    if (!names.includes(name)) throw missingColumn("make a table", name, names);
    if (typeof unit !== "string") {
      throw new TypeError(`Cannot make a table: a unit must be a text such as µm², got ${unit} for ${name}`);
    }
  }
  return new Map(Object.entries(units));
}

/** The units of the columns that have the same in all parts. */
export const commonUnits = ([first, ...others]: readonly ReadonlyMap<string, string>[]): Record<
  string,
  string
> =>
  Object.fromEntries([...first].filter(([name, unit]) => others.every((units) => units.get(name) === unit)));
