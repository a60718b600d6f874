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
    .map((candidate) => ({ candidate, distance: distanceTo(candidate.toLowerCase(), plain) }))
    .sort((a, b) => a.distance - b.distance);
  return ranked.find(({ candidate, distance }) => distance <= candidate.length / 2)?.candidate;
}

/** Edits from one word to the other (Levenshtein); 0 when one holds the other, as `intensityImage` does `image`. */
function distanceTo(word: string, other: string): number {
  if (word.includes(other) || other.includes(word)) return 0;
  let previous = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= word.length; i++) {
    const current = [i];
    for (let j = 1; j <= other.length; j++) {
      const substitution = previous[j - 1]! + (word[i - 1] === other[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, previous[j]! + 1, current[j - 1]! + 1));
    }
    previous = current;
  }
  return previous[other.length]!;
}
