import type { Content } from "./message";

interface Entry {
  readonly line: number;
  readonly input: string;
  output: string | null;
}

/** What the notebook ran since the kernel started. */
export class History {
  readonly #entries: Entry[] = [];

  /** Remember a cell; the returned function adds the text of its result. */
  add(line: number, input: string): (output: string) => void {
    const entry: Entry = { line, input, output: null };
    this.#entries.push(entry);
    return (output) => {
      entry.output = output;
    };
  }

  /** Answer a `history_request`: its `range`, `tail` or `search`. */
  answer(request: Content): Content {
    const entries = this.#select(request);
    const history = entries.map(({ line, input, output }) => [
      0,
      line,
      request.output === true ? [input, output] : input,
    ]);
    return { status: "ok", history };
  }

  #select(request: Content): Entry[] {
    const { hist_access_type: type, n, start, stop, session } = request;
    if (type === "range") {
      // Session 0 is this one, and the only one that is remembered.
      if (typeof session === "number" && session !== 0) return [];
      const first = typeof start === "number" ? start : 0;
      const end = typeof stop === "number" ? stop : Infinity;
      return this.#entries.filter(({ line }) => line >= first && line < end);
    }
    const found = type === "search" ? this.#search(request) : this.#entries;
    return typeof n === "number" ? found.slice(Math.max(0, found.length - n)) : found;
  }

  #search({ pattern, unique }: Content): Entry[] {
    const expression = globExpression(typeof pattern === "string" ? pattern : "*");
    const found = this.#entries.filter(({ input }) => expression.test(input));
    if (unique !== true) return found;
    const latest = new Map(found.map((entry) => [entry.input, entry]));
    return found.filter((entry) => latest.get(entry.input) === entry);
  }
}

/** A pattern with `*` and `?` as a regular expression. */
function globExpression(pattern: string): RegExp {
  const escaped = pattern.replace(/[\\^$.|+()[\]{}]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", "[^]*").replaceAll("?", "[^]")}$`);
}
