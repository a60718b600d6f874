import { distance } from "fastest-levenshtein";

/** Lower-case words of a name: `meanArea` and `mean_area` are `["mean", "area"]`. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[_\W]+/)
    .filter(Boolean);

const ordered = (parts: readonly string[]): string => [...parts].sort().join("_");

/** Slips of the pen between two names, in any order of their words; two letters in the wrong order are half a one. */
const slips = (name: string, other: string): number =>
  ordered([...name.toLowerCase()]) === ordered([...other.toLowerCase()])
    ? 0.5
    : Math.min(
        distance(name.toLowerCase(), other.toLowerCase()),
        distance(ordered(wordsOf(name)), ordered(wordsOf(other))),
      );

/**
 * The name that was probably meant by a misspelt one, if one is like enough.
 *
 * @example
 * nearestName("stradist", ["cellpose-python", "stardist"]); // "stardist"
 */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((candidate) => ({ candidate, slips: slips(name, candidate) }))
    .sort((a, b) => a.slips - b.slips);
  return best !== undefined && best.slips <= Math.max(1, name.length / 3) ? best.candidate : undefined;
}

/** Whether one name has all words of the other: `timeoutMs` those of `timeout`, `url` is one of `serverUrl`. */
function holds(name: string, other: string): boolean {
  const [words, others] = [wordsOf(name), wordsOf(other)];
  const [few, many] = words.length < others.length ? [words, others] : [others, words];
  return few.length > 0 && few.every((word) => many.includes(word));
}

/** From how many letters on the beginning of a name may stand for it. */
const LEAST_LETTERS = 3;

/** The option that was probably meant by another: misspelt, cut short, or with a word more or less. */
export function nearestOption(name: string, names: readonly string[]): string | undefined {
  const plain = (option: string): string => wordsOf(option).join("");
  return (
    names.find((option) => plain(option) === plain(name)) ??
    names.find((option) => holds(option, name)) ??
    names.find((option) => name.length >= LEAST_LETTERS && plain(option).startsWith(plain(name))) ??
    nearestName(name, names)
  );
}
