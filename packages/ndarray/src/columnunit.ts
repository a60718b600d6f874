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

/**
 * The units of the columns that have one in all parts.
 *
 * @throws {RangeError} if a column has different ones
 */
export function commonUnits(parts: readonly ReadonlyMap<string, string>[]): Record<string, string> {
  const common: Record<string, string> = {};
  for (const name of new Set(parts.flatMap((units) => [...units.keys()]))) {
    const known = new Set(parts.flatMap((units) => units.get(name) ?? []));
    if (known.size > 1) {
      throw new RangeError(
        `Cannot concatenate tables: a column must have one unit, got ${[...known].join(" and ")} for ${name}; measure all with { spacing: [0.5, 0.5] }, in µm, or with { spacing: 1 }, in pixels`,
      );
    }
    const [unit] = known;
    if (parts.every((units) => units.has(name))) common[name] = unit;
  }
  return common;
}
