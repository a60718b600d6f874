/** From how many characters on a type is cut. */
const LONG_TYPE = 120;
/** How many reasons of an error are shown: its first ones say what is wrong, its last one where. */
const FIRST_REASONS = 3;

/** TypeScript's message as lines that can be read: long types cut in their middle, and of many reasons the inner ones. */
export function shorten(message: string): string[] {
  const [first = "", ...reasons] = message
    .split("\n")
    .map((line) =>
      line.replace(/'([^'\n]+)'/g, (quoted, type: string) =>
        type.length > LONG_TYPE ? `'${cut(type)}'` : quoted,
      ),
    );
  if (reasons.length <= FIRST_REASONS + 2) return [first, ...reasons];
  const last = reasons.at(-1) ?? "";
  return [first, ...reasons.slice(0, FIRST_REASONS), `${" ".repeat(2 * FIRST_REASONS)}  …`, last];
}

const cut = (type: string): string =>
  `${type.slice(0, LONG_TYPE * 0.7).trimEnd()} … ${type.slice(-LONG_TYPE * 0.2).trimStart()}`;
