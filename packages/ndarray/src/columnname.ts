import { columnHead } from "./columnhead";
import { nearestName } from "./nearestname";

/**
 * That a table has no column of a name, and which one was probably meant.
 *
 * @param action what the caller does, as in "Cannot <action>"
 */
export function missingColumn(action: string, name: unknown, names: readonly string[]): RangeError {
  // What a table shows over a column has its unit.
  const bare = columnHead(String(name)).name;
  const meant = names.includes(bare) ? bare : nearestName(bare, names);
  const advice = meant === undefined ? "" : `; did you mean ${meant}?`;
  return new RangeError(
    `Cannot ${action}: the name must be one of ${names.join(", ")}, got ${String(name)}${advice}`,
  );
}
