import { distance } from "fastest-levenshtein";

/** Lower-case words of a name in alphabetical order: `meanArea` is like `area_mean`. */
const words = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[_\W]+/)
    .filter(Boolean)
    .sort()
    .join("_");

const letters = (name: string): string => [...name.toLowerCase()].sort().join("");

/**
 * The name that was probably meant by another, if one is like enough.
 *
 * @example
 * nearestName("stradist", ["cellpose-python", "stardist"]); // "stardist"
 */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const edits = (candidate: string): number =>
    letters(candidate) === letters(name)
      ? 0.5
      : Math.min(
          distance(candidate.toLowerCase(), name.toLowerCase()),
          distance(words(candidate), words(name)),
        );
  const [best] = [...names].sort((a, b) => edits(a) - edits(b));
  return best !== undefined && edits(best) <= Math.max(1, name.length / 3) ? best : undefined;
}

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
