import { distance } from "fastest-levenshtein";

/**
 * Refuse option names that do not exist, naming the one that was probably meant.
 *
 * @throws {TypeError} for an unknown name
 */
export function checkOptionNames(action: string, options: object, names: readonly string[]): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError(
      `Cannot ${action}: options must be an object such as { ${names[0]}: … }, got ${String(options)}`,
    );
  }
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue;
    const nearest = nearestName(name, names);
    const advice = nearest ? `: write { ${nearest}: … }` : "";
    throw new TypeError(`Cannot ${action}: options must be among ${names.join(", ")}, got ${name}${advice}`);
  }
}

function nearestName(name: string, names: readonly string[]): string | undefined {
  const plain = name.toLowerCase().replaceAll("_", "");
  const ranked = names
    .map((candidate) => ({ candidate, edits: distanceTo(candidate.toLowerCase(), plain) }))
    .sort((a, b) => a.edits - b.edits);
  return ranked.find(({ candidate, edits }) => edits <= candidate.length / 2)?.candidate;
}

/** Edits from one word to the other; 0 when one holds the other, as `intensityImage` does `image`. */
const distanceTo = (word: string, other: string): number =>
  word.includes(other) || other.includes(word) ? 0 : distance(word, other);
