import { closest, distance } from "fastest-levenshtein";

/** What was probably meant by a name: the one most like it, if that is like enough to be a slip. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const same = (candidate: string): boolean => lettersOf(candidate) === lettersOf(name);
  const found = candidates.includes(name) ? name : (candidates.find(same) ?? closest(name, candidates));
  const isSlip =
    distance(name.toLowerCase(), found.toLowerCase()) <= Math.max(1, Math.floor(name.length / 3));
  return isSlip || same(found) ? found : undefined;
}

/** Two letters in the wrong order are one slip. */
const lettersOf = (name: string): string => [...name.toLowerCase()].sort().join("");
