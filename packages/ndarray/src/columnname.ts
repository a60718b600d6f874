import { nearestName } from "./nearestname";

/**
 * That a table has no column of a name, and which one was probably meant.
 *
 * @param action what the caller does, as in "Cannot <action>"
 */
export function missingColumn(action: string, name: unknown, names: readonly string[]): RangeError {
  const meant = nearestName(String(name), names);
  const advice = meant === undefined ? "" : `; did you mean ${meant}?`;
  return new RangeError(
    `Cannot ${action}: the name must be one of ${names.join(", ")}, got ${String(name)}${advice}`,
  );
}
