import { joinCells, type NamedColumns, type Rows } from "./column";
import { commonUnits } from "./columnunit";
import { nearestName } from "./nearestname";

/** The rows of a table, and how it is called in messages. */
export interface Part extends Rows {
  readonly name: string;
  /** Unit by column name. */
  readonly units: ReadonlyMap<string, string>;
}

/** Columns, and the units of those that have one. */
interface Stack {
  readonly columns: NamedColumns;
  readonly units: Readonly<Record<string, string>>;
}

/**
 * Put rows under one another.
 *
 * @param as name of a column of the parts' names, if there is to be one
 * @throws {RangeError} if columns or units differ
 */
export function stackRows(parts: readonly Part[], as: string | undefined): Stack {
  const names = [...parts[0].columns.keys()];
  for (const { columns, name } of parts) {
    const own = [...columns.keys()];
    const [lacking] = names.filter((column) => !columns.has(column));
    const [extra] = own.filter((column) => !names.includes(column));
    if (lacking === undefined && extra === undefined) continue;
    const meant = lacking === undefined ? undefined : nearestName(lacking, own);
    const advice = meant === undefined ? "use select" : `rename ${meant}, or use select`;
    throw new RangeError(
      `Cannot concatenate tables: all must have the columns ${names.join(", ")}, got ${lacking === undefined ? `${extra} besides` : `no ${lacking}`} in ${name}; ${advice}`,
    );
  }
  const columns: NamedColumns = names.map((name) => [
    name,
    joinCells(parts.map((part) => part.columns.get(name)!)),
  ]);
  const units = commonUnits(parts.map((part) => part.units));
  if (as === undefined) return { columns, units };
  if (names.includes(as)) {
    throw new RangeError(
      `Cannot concatenate tables: the names need a column of their own, got ${as}, which the tables have; use { as: "file" }`,
    );
  }
  const partNames = parts.flatMap(({ name, rowCount }) => new Array<string>(rowCount).fill(name));
  return { columns: [[as, partNames], ...columns], units };
}
