/** How many characters of the end are shown when output was cut. */
const TAIL = 2000;

/** Default for the characters that a cell may print; a Jupyter server drops what is more than 3 MB in 3 s. */
export const DEFAULT_LIMIT = 2_500_000;

/** How much of a cell's text output is shown: a browser freezes at some megabytes. */
export class StreamLimit {
  readonly #limit: number;
  #left: number;
  #omitted = 0;
  #tail = "";

  /** @param limit characters */
  constructor(limit: number) {
    this.#limit = limit;
    this.#left = limit;
  }

  /** Begin to count anew. */
  reset(): void {
    this.#left = this.#limit;
    this.#omitted = 0;
    this.#tail = "";
  }

  /** The part of a text that is shown. */
  admit(text: string): string {
    const shown = text.slice(0, this.#left);
    this.#left -= shown.length;
    const rest = text.slice(shown.length);
    this.#omitted += rest.length;
    if (rest !== "") this.#tail = (this.#tail + rest.slice(-TAIL)).slice(-TAIL);
    return shown;
  }

  /** Whether all text from now on is left out. */
  get isExceeded(): boolean {
    return this.#omitted > 0;
  }

  /** What to say when it is exceeded: the output seems to stop. */
  get warning(): string {
    return `\nCannot show all output: a cell may print ${count(this.#limit)} characters, got more; it goes on unseen.\nWrite it to a file instead, e.g. import { appendFileSync } from "node:fs"; appendFileSync("output.txt", line + "\\n");\nor start Jupyter with another limit, e.g. BIOENGINE_OUTPUT_LIMIT=${this.#limit * 10}\n`;
  }

  /** What to say at the end, and the end itself; undefined if all was shown. */
  summary(): { notice: string; end: string } | undefined {
    if (!this.isExceeded) return undefined;
    const omitted = this.#omitted - this.#tail.length;
    return {
      notice: `${count(omitted)} characters were left out; the output ends with:\n`,
      end: this.#tail,
    };
  }
}

const count = (characters: number): string => characters.toLocaleString("en-US");

/**
 * The limit that the environment asks for.
 *
 * @param text number of characters; undefined: the default
 * @throws {RangeError} if it is no number above 0
 */
export function limitFrom(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = Number(text);
  if (limit > 0) return limit;
  throw new RangeError(
    `Cannot limit the output: BIOENGINE_OUTPUT_LIMIT must be a number of characters above 0, got "${text}"`,
  );
}
